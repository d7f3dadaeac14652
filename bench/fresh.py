"""Scores the checker of drafts on bench/corpora/fresh, whose format its README describes.

python -m etl build && python bench/fresh.py [--reveal] [--only T07 T08]
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.corpora.fresh_drafts import PASSED, Mark, drafts  # noqa: E402
from etl.release.tables import LAPTOP, now, open_release  # noqa: E402
from etl.verify import Finding, verify  # noqa: E402


def beside(findings: list[Finding], mark: Mark) -> list[Finding]:
    return [f for f in findings if f.start < mark.end and mark.start < f.end]


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "none"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--reveal", action="store_true")
    arguments.add_argument("--only", nargs="*", default=[], help="names of drafts, such as T07")
    asked = arguments.parse_args()
    reveal = asked.reveal
    release = open_release(LAPTOP, now())
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[bool]] = {}
    for draft in drafts():
        if asked.only and draft.name.partition(".")[0] not in asked.only:
            continue
        findings = verify(release, draft.text, written_on=draft.written_on)
        if draft.kind == "idioms":
            counts["idioms"] += 1
            counts["idioms listed"] += bool(findings)
            if findings and reveal:
                print(draft.name, "LISTED", [(f.as_printed, f.verdict) for f in findings], draft.text)
            continue
        if draft.kind == "true":
            for mark in draft.marks:
                verdicts = {f.verdict for f in beside(findings, mark)}
                bad = verdicts - mark.allowed
                counts["numbers"] += 1
                counts["known"] += mark.allowed == PASSED
                counts["unlisted"] += not verdicts
                counts["uncovered"] += bad == {"uncovered"}
                counts["false"] += bool(bad - {"uncovered"})
                if (bad or not verdicts) and reveal:
                    reasons = [f.reason for f in beside(findings, mark)]
                    print(draft.name, mark.printed, sorted(bad) or "UNLISTED", reasons, "\n   ", draft.text)
            continue
        hits = [f for mark in draft.marks for f in beside(findings, mark)]
        caught = any(f.verdict not in PASSED | {"uncovered"} for f in hits)
        kinds.setdefault(draft.kind, Counter())[caught] += 1
        if not caught and reveal:
            print(draft.name, draft.kind, [(f.as_printed, f.verdict, f.reason) for f in hits], "\n   ", draft.text)
    for kind, tally in sorted(kinds.items()):
        print(f"{kind:20} {share(tally[True], tally.total())}")
    every = sum(kinds.values(), Counter())
    print("caught", share(every[True], every.total()))
    print("false alarms", share(counts["false"], counts["numbers"]))
    print("true but uncovered", share(counts["uncovered"], counts["known"]))
    print("unlisted", share(counts["unlisted"], counts["numbers"]))
    print("idiom texts with a listing", share(counts["idioms listed"], counts["idioms"]))


if __name__ == "__main__":
    main()
