"""The words of a checked draft: verdicts, the finding in one line, the text with its marks, the sentence that would be right; and
passages of documents with their numbers marked by role.
A mark is coloured and says its verdict in words too; every character of the draft is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from etl.model import CheckedNumber, Segment, Verdict
from pages.wording.catalog import _
from pages.wording.literal import Markdown, in_html, joined, markup
from pages.wording.states import outcome_colour


def verdict_words() -> Mapping[Verdict, str]:
    """Verdict -> its word, the gravest first."""
    return {
        Verdict.EMBARGOED: _("Embargoed"),
        Verdict.CONFLICT: _("Conflict"),
        Verdict.MISMATCH: _("Mismatch"),
        Verdict.OTHER_DEFINITION: _("Other definition"),
        Verdict.QUALIFIER_LOST: _("Qualifier differs"),
        Verdict.UNCOVERED: _("Not covered"),
        Verdict.DERIVED_MATCH: _("Matches, computed"),
        Verdict.MATCH: _("Matches"),
    }


def draft_headline(checked: Sequence[CheckedNumber]) -> str:
    """What a checked draft comes to, in one line."""
    wrong, unknown = (sum(number.verdict.passes is passes for number in checked) for passes in (False, None))
    if wrong and unknown:
        text = _("Not to be sent out yet: {wrong} of {count} numbers are to be mended, {unknown} cannot be checked")
    elif wrong:
        text = _("Not to be sent out yet: {wrong} of {count} numbers are to be mended")
    elif unknown:
        text = _("{unknown} of {count} numbers cannot be checked: nothing is published to hold them against")
    else:
        text = _("All {count} numbers agree with what is published")
    return text.format(wrong=wrong, unknown=unknown, count=len(checked))


def verdict_badges(checked: Sequence[CheckedNumber]) -> Markdown:
    """How many numbers got which verdict, as a row of badges, the gravest first."""
    counted = Counter(number.verdict for number in checked)
    told = [(verdict, f"{word} {counted[verdict]}") for verdict, word in verdict_words().items() if counted[verdict]]
    return joined(" ", (markup(":{}-badge[{}]", outcome_colour(verdict), word) for verdict, word in told))


def draft_html(text: str, checked: Sequence[CheckedNumber]) -> str:
    """The draft with every number marked, counted and its verdict in words behind it."""
    names = verdict_words()
    marks = [
        (number.start, number.end, f"verdict {number.verdict}", f"{number.number} {names[number.verdict]}")
        for number in checked
    ]
    return marked_html(text, marks)


def marked_html(text: str, marks: Sequence[tuple[int, int, str, str]]) -> str:
    """``text`` with ``marks`` (start, end, class, word behind it), which do not overlap; everything in it is shown as it is."""
    made, at = [], 0
    for start, end, style, word in sorted(marks):
        if start < at:
            continue
        said = f'<span class="said">{in_html(word)}</span>'
        made.append(f'{in_html(text[at:start])}<mark class="{in_html(style)}">{in_html(text[start:end])}{said}</mark>')
        at = end
    return f'<div class="passage">{"".join([*made, in_html(text[at:])])}</div>'


def better_text(number: CheckedNumber) -> str:
    """What should stand there, or what is published instead; nothing where that is what stands there already."""
    if not number.expected or number.verdict.passes or number.expected == number.as_printed:
        return ""
    if number.verdict in (Verdict.CONFLICT, Verdict.OTHER_DEFINITION):
        return _("published: {expected}").format(expected=number.expected)
    return _("should be {expected}").format(expected=number.expected)


def reason_text(number: CheckedNumber) -> str:
    """Why, without saying again what should stand there."""
    return number.reason.removeprefix(f"应为{number.expected}：")


def right_html(number: CheckedNumber) -> str:
    """The sentence as it would be right, what was changed marked."""
    before, right, behind = map(in_html, (number.before, number.right, number.behind))
    return f'<div class="passage">{before}<mark class="verdict match">{right}</mark>{behind}</div>'


def comment_text(number: CheckedNumber, sources: str) -> str:
    """What the margin of the exported draft says of one number."""
    sentence = f"{number.before}{number.right}{number.behind}"
    right = _("right: {sentence}").format(sentence=sentence) if sentence else ""
    lines = [verdict_words()[number.verdict], better_text(number), reason_text(number), right, sources]
    return "\n".join(filter(None, lines))


def passage_html(pieces: Sequence[Segment], address: Callable[[str], str] | None = None) -> str:
    """One block of text; numbers stand in ``<mark>``, linked to ``address(observation_id)`` where they are observations."""
    made = []
    for piece in pieces:
        text = in_html(piece.text)
        marked = f'<mark class="{in_html(piece.role)}">{text}</mark>' if piece.role else text
        if address is not None and piece.role and piece.observation_id:
            marked = f'<a href="{in_html(address(piece.observation_id))}" target="_self">{marked}</a>'
        made.append(marked)
    return f'<div class="passage">{"".join(made).strip()}</div>'
