"""Every sentence that may be said of a city, read by the draft checker: how many pass, and which do not.

    python bench/words.py [FOLDER]

The tests do this for all sentences of the shipped city and for one of each shape of the demonstration city; this does it for all of any.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from etl.checking.draft import check_draft  # noqa: E402
from etl.release.tables import LAPTOP, now, open_release  # noqa: E402
from etl.verify import published_data_of  # noqa: E402
from pages.queries.quotable_numbers import quotable_numbers  # noqa: E402
from pages.wording.sentences import sentences  # noqa: E402


def main(folder: Path) -> None:
    """Prints how long the sentences take to make and to check, and each sentence that fails with its verdicts."""
    release = open_release(LAPTOP, now(), folder=folder)
    started = time.perf_counter()
    said = sentences(quotable_numbers(release))
    made = time.perf_counter() - started
    knowledge, passed = published_data_of(release), Counter[str]()
    started = time.perf_counter()
    for one in said:
        found = {finding.verdict for finding in check_draft(one.text, knowledge)}
        fine = found <= {"conflict"} if one.is_conflict else all(verdict.passes for verdict in found)
        passed[f"{one.kind} {'passed' if fine else 'FAILED'}"] += 1
        if not fine:
            print(f"{one.text}  {sorted(found)}")
    print(
        f"{len(said)} sentences made in {made:.1f} s, checked in {time.perf_counter() - started:.1f} s: {dict(passed)}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data")
