"""How the checker of drafts fares on the published documents themselves, and how fast it is.

    python bench/verify.py [-v]

Each document that lies beside this checkout is checked as if it were a draft: a number counts as bound when its finding rests on
the observation that was entered from just there. ``-v`` prints the ones that are not. Incidental numbers are not counted.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from etl.attached import printed_spans  # noqa: E402
from etl.checking.draft import Finding, check_draft  # noqa: E402
from etl.checking.published import PublishedData  # noqa: E402
from etl.release.tables import LAPTOP, Release, now, open_release  # noqa: E402
from etl.verify import published_data_of  # noqa: E402

DOCUMENTS = ROOT.parent / "shared" / "documents"
CHARACTERS = 3000


def documents(release: Release) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of the documents beside this checkout whose bytes a source was entered from."""
    sources = release.table("sources")
    by_digest = dict(zip(sources["sha256"], sources["source"], strict=True))
    for path in sorted(DOCUMENTS.glob("*.txt")):
        content = path.read_bytes()
        source = by_digest.get(hashlib.sha256(content).hexdigest())
        if source:
            yield source, content.decode("utf-8")


def bound(
    release: Release, knowledge: PublishedData, source: str, text: str
) -> tuple[int, int, Counter[str], list[str]]:
    """Return how many numbers are bound, of how many, their verdicts, and a line for each that is not."""
    figures = release.table("figures").query("source == @source and role != 'incidental'")
    day = release.table("sources").set_index("source").loc[source, "published_on"]
    findings = check_draft(text, knowledge, written_on=day)
    spans = dict(printed_spans(list(figures["seq"]), list(figures["locator"])))
    right, missed, verdicts = 0, [], Counter[str]()
    for row in figures.to_dict("records"):
        there = [one for one in findings if one.start < spans[row["seq"]][1] and spans[row["seq"]][0] < one.end]
        found = [one for one in there if row["observation_id"] in one.observations]
        right += bool(found)
        verdicts[found[0].verdict if found else "not bound"] += 1
        if not found:
            missed.append(f"  {row['seq']:>3} {row['as_printed']} {row['keyword']}: {_shown(there)}")
        elif found[0].verdict not in ("match", "conflict"):
            missed.append(f"  {row['seq']:>3} {row['as_printed']} {row['keyword']}: {_shown(found)}")
    return right, len(figures), verdicts, missed


def _shown(findings: list[Finding]) -> str:
    return "; ".join(f"{one.verdict} {','.join(one.observations)} {one.reason}" for one in findings) or "not read"


def main() -> None:
    release = open_release(LAPTOP, now())
    knowledge = published_data_of(release)
    texts, right, total, verdicts = [], 0, 0, Counter[str]()
    for source, text in documents(release):
        found, of, told, missed = bound(release, knowledge, source, text)
        print(f"{source:50} {found:4} of {of:4}  {dict(told)}")
        if "-v" in sys.argv:
            print("\n".join(missed))
        texts.append(text)
        right, total, verdicts = right + found, total + of, verdicts + told
    if texts:
        print(f"{'all':50} {right:4} of {total:4} = {right / total:.3f}  {dict(verdicts)}")
    text = "\n\n".join(texts or ["全市建成规范化城市社区81个，办证3000多张。" * 150])[:CHARACTERS]
    begin = time.perf_counter()
    check_draft(text, knowledge)
    print(f"{len(text):,} characters in {time.perf_counter() - begin:.2f} s")


if __name__ == "__main__":
    main()
