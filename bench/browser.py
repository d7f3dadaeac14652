"""Page loads in Debian's chromium: milliseconds from the start of the navigation until something can be read.

Each load is a first visit: a fresh profile with an empty cache. The page itself notes the moment, frame by frame, so that no
conversation with the browser is timed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
PATIENCE_MS = 60_000

TEXT = "[data-testid=stText]"
NUMBER = "[class*=st-key-card_] [data-testid=stMarkdownContainer] > p:nth-of-type(2)"
CHART = ".js-plotly-plot .main-svg :is(.trace, .point, .annotation)"

NOTE = """
(() => {
  const wanted = %s, noted = (window.__noted = {});
  const look = () => {
    for (const [name, selector] of Object.entries(wanted)) {
      const found = name in noted ? null : document.querySelector(selector);
      if (found && found.getBoundingClientRect().height > 0) noted[name] = performance.now();
    }
    if (Object.keys(noted).length < Object.keys(wanted).length) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@dataclass(frozen=True)
class Browser:
    """A running chromium."""

    own: Any

    def load(self, address: str, wanted: Mapping[str, str]) -> dict[str, float]:
        """Name -> milliseconds until an element of its selector stood on the page; each of ``wanted`` must appear."""
        context = self.own.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        try:
            page = context.new_page()
            page.add_init_script(NOTE % dict(wanted))
            page.goto(address, wait_until="commit")
            page.wait_for_function(
                f"Object.keys(window.__noted ?? {{}}).length === {len(wanted)}", timeout=PATIENCE_MS, polling=200
            )
            return dict(page.evaluate("window.__noted"))
        finally:
            context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A chromium for the block."""
    with sync_playwright() as playwright:
        own = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield Browser(own)
        own.close()
