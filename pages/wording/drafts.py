"""The words of a checked draft: verdicts, the finding in one line, the text with its marks, the sentence that would be right.

A mark is coloured and says its verdict in words too; every character of the draft is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pages.wording.catalog import Words
from pages.wording.literal import Markdown, in_html, joined, markup
from pages.wording.rows import rows_of

PASSED = ("match", "derived_match")
WRONG = ("embargoed", "conflict", "mismatch", "other_definition", "qualifier_lost")


def verdict_words(_: Words) -> Mapping[str, str]:
    """Verdict -> its word, the gravest first."""
    return {
        "embargoed": _("Embargoed"),
        "conflict": _("Conflict"),
        "mismatch": _("Mismatch"),
        "other_definition": _("Other definition"),
        "qualifier_lost": _("Qualifier differs"),
        "uncovered": _("Not covered"),
        "derived_match": _("Matches, computed"),
        "match": _("Matches"),
    }


def verdict_colour(verdict: str) -> str:
    """The colour of a verdict's badge, as Streamlit names it."""
    return "red" if verdict in WRONG else "blue" if verdict in PASSED else "gray"


def draft_headline(findings: pd.DataFrame, _: Words) -> str:
    """What a checked draft comes to, in one line."""
    counted = Counter(findings["verdict"])
    wrong, unknown = sum(counted[name] for name in WRONG), counted["uncovered"]
    if wrong and unknown:
        return _(
            "Not to be sent out yet: {wrong} of {count} numbers are to be mended, {unknown} cannot be checked"
        ).format(wrong=wrong, count=len(findings), unknown=unknown)
    if wrong:
        return _("Not to be sent out yet: {wrong} of {count} numbers are to be mended").format(
            wrong=wrong, count=len(findings)
        )
    if unknown:
        return _("{unknown} of {count} numbers cannot be checked: nothing is published to hold them against").format(
            unknown=unknown, count=len(findings)
        )
    return _("All {count} numbers agree with what is published").format(count=len(findings))


def verdict_badges(findings: pd.DataFrame, _: Words) -> Markdown:
    """How many numbers got which verdict, as a row of badges, the gravest first."""
    counted = Counter(findings["verdict"])
    return joined(
        " ",
        (
            markup(":{}-badge[{}]", verdict_colour(name), f"{word} {counted[name]}")
            for name, word in verdict_words(_).items()
            if counted[name]
        ),
    )


def draft_html(text: str, findings: pd.DataFrame, _: Words) -> str:
    """The draft with every number marked, counted and its verdict in words behind it."""
    names = verdict_words(_)
    marks = [
        (row["start"], row["end"], f"verdict {row['verdict']}", f"{row['number']} {names[row['verdict']]}")
        for row in rows_of(findings)
    ]
    return marked_html(text, marks)


def marked_html(text: str, marks: Sequence[tuple[int, int, str, str]]) -> str:
    """``text`` with ``marks`` (start, end, class, word behind it), which do not overlap; everything in it is shown as it is."""
    made, at = [], 0
    for start, end, style, word in sorted(marks):
        if start < at:
            continue
        made.append(in_html(text[at:start]))
        made.append(
            f'<mark class="{in_html(style)}">{in_html(text[start:end])}<span class="said">{in_html(word)}</span></mark>'
        )
        at = end
    return f'<div class="passage">{"".join([*made, in_html(text[at:])])}</div>'


def better_text(finding: Mapping[str, Any], _: Words) -> str:
    """What should stand there, or what is published instead; nothing where that is what stands there already."""
    expected, verdict = str(finding["expected"]), str(finding["verdict"])
    if not expected or verdict in PASSED or expected == finding["as_printed"]:
        return ""
    if verdict in ("conflict", "other_definition"):
        return _("published: {expected}").format(expected=expected)
    return _("should be {expected}").format(expected=expected)


def reason_text(finding: Mapping[str, Any]) -> str:
    """Why, without saying again what should stand there."""
    return str(finding["reason"]).removeprefix(f"应为{finding['expected']}：")


def right_html(finding: Mapping[str, Any]) -> str:
    """The sentence as it would be right, what was changed marked."""
    before, right, behind = (in_html(str(finding[name])) for name in ("before", "right", "behind"))
    return f'<div class="passage">{before}<mark class="verdict match">{right}</mark>{behind}</div>'


def comment_text(finding: Mapping[str, Any], sources: str, _: Words) -> str:
    """What the margin of the exported draft says of one number."""
    right = "".join(str(finding[name]) for name in ("before", "right", "behind"))
    lines = [
        verdict_words(_)[str(finding["verdict"])],
        better_text(finding, _),
        reason_text(finding),
        _("right: {sentence}").format(sentence=right) if right else "",
        sources,
    ]
    return "\n".join(filter(None, lines))
