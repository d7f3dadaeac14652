"""How much the words around a number must speak of a known one for a verdict to rest on it; 1 is about its whole name.

Fitted by hand on the drafts of ``bench/corpora/drafts`` (both cities), what is offered on ``bench/offers.py``; raising one of the
first four leaves more true numbers uncovered, lowering it lets more chance matches pass.
"""

BOUND = 0.33
"""For a number to be what the words speak of, whatever value they tell."""
SURELY_BOUND = 0.27
"""The same where place, time and measure are all told, or all but one."""
KNOWN_ELSEWHERE = 0.36
"""For a number with the value told to be what was meant, though place, time, unit or measure speak against it."""
ELSEWHERE_BY_ONE = 0.21
"""The same where one of them alone does."""
SOME_WORD = 0.08
"""For the words themselves, the unit aside, to say anything of it."""
CLEAR = 0.6
"""For a number to be meant clearly, so that a single digit or two faults may do."""
OUTRIGHT = 0.8
"""For a ratio to be named by its own name (合格率)."""
COMPUTED = 0.48
"""For a computed number to be meant where the draft tells the number as computed."""
CLEARLY_COMPUTED = 0.65
"""The same where it does not."""
SPOKEN_OF = 0.52
"""For a number to be offered."""
SPOKEN_OF_COMPUTED = 0.7
"""For a computed number to be offered."""

RIVAL = 0.87
"""From which share of another's relevance on a number that fits holds its own against it."""
LIKE = 0.9
"""From which share on another number is as well meant, so that neither is offered."""
MUCH_MORE = 1.25
"""How many times more the words must speak of another number to overrule what agrees."""
MORE = 1.1
"""The same for a number of just this subject told as another measure."""
AS_MUCH = 1.05
"""By how much a faint number that agrees may fall short of a clear one that does not."""

BY_DIGITS = {1: 0.32, 2: 0.23, 3: 0.14, 4: 0.1}
"""For a number that fits, by how many digits agree: the fewer, the more the words must say."""
BY_MANY_DIGITS = 0.08
"""From five digits on."""
DIGITS_ELSEWHERE = 0.08
"""How much less of that is asked of a number with the value told that something speaks against."""
TOLD_MORE = 0.06
"""How much less where the sentence itself names place and measure, and both agree."""
