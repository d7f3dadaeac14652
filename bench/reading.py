"""How well bulletins are read: figures found, place and measure bound, and how fast.

    python bench/reading.py

Prints one line for each bulletin of bench/corpora/bulletins and, where they lie beside this checkout, for each published document.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.corpora.bulletin_scores import (
    Score,
    known_places,
    made_up_bulletins,
    published_documents,
    score,
    total,
)
from etl.reading.bulletin import read_bulletin


def main() -> None:
    for title, bulletins, places in (
        ("made up, no place told", made_up_bulletins(), []),
        ("published, places told", published_documents(), known_places()),
    ):
        print(f"{title:44} {'F1':>6} {'place':>6} {'measure':>7} {'found':>5} {'missed':>6} {'invented':>8}")
        scores = []
        for bulletin in bulletins:
            read = read_bulletin(bulletin.text, places=places, published_on=bulletin.published_on)
            scores.append(score(bulletin, read))
            _line(bulletin.name, scores[-1])
        if scores:
            _line("all", total(scores))
    text = "\n\n".join(bulletin.text for bulletin in made_up_bulletins() * 3)[:20_000]
    begin = time.perf_counter()
    read_bulletin(text, places=known_places())
    print(f"{len(text):,} characters in {time.perf_counter() - begin:.2f} s")


def _line(name: str, one: Score) -> None:
    print(
        f"{name[:44]:44} {one.f1:6.3f} {one.place:6.3f} {one.measure:7.3f} {one.found:5} "
        f"{len(one.missed):6} {len(one.invented):8}"
    )


if __name__ == "__main__":
    main()
