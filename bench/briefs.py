"""How long each file of a briefing takes: ``python bench/briefs.py [DATA FOLDER]``, every format of every audience, seconds of work.

Composing is counted into the first file of an audience, as a command does it each time; imports too into the very first.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from etl.release.tables import LAPTOP, data_folder, now, open_release
from pages.queries.briefs import AUDIENCES, DISTRICT, BriefRequest, brief_rows
from pages.reports.compose_brief import compose_brief
from pages.reports.files import FORMATS, brief_bytes


def main(folder: Path) -> None:
    release = open_release(LAPTOP, now(), folder=folder)
    for audience in AUDIENCES:
        started = time.process_time()
        brief = compose_brief(
            brief_rows(release, BriefRequest(audience, release.city.order[0] if audience == DISTRICT else ""))
        )
        for form in FORMATS:
            made = brief_bytes(brief, form)
            print(f"{audience}\t{form}\t{time.process_time() - started:.2f}\t{len(made)}")
            started = time.process_time()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else data_folder())
