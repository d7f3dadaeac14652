"""Two sessions read two languages, on every screen, and each gets its own to the last file."""

import threading
from contextlib import nullcontext
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.language import in_language, language
from etl.release import query_cache
from pages.queries.headlines import headlines
from pages.widgets import cache, panel
from pages.widgets.screen import Screen, set_screen
from pages.wording.catalog import _ as gettext

ROOT = Path(__file__).resolve().parents[3]
SCREENS = sorted(path.stem for path in (ROOT / "pages" / "screens").glob("*.py"))


def texts(screen: str, lang: str) -> list[str]:
    """What one session sees: titles, texts and labels."""
    test = AppTest.from_file(str(ROOT / "pages" / "screens" / f"{screen}.py"), default_timeout=600)
    test.query_params["lang"] = lang
    test.run()
    assert not test.exception
    return [each.value for each in [*test.title, *test.header, *test.subheader, *test.markdown, *test.caption]] + [
        each.label for each in [*test.selectbox, *test.text_input]
    ]


@pytest.mark.parametrize("screen", SCREENS)
def test_two_sessions_in_turn_each_see_their_own_language(screen, tiny, monkeypatch):
    """What one of them left in the caches is not shown to the other."""
    monkeypatch.setenv("LIVELIHOOD_DATA", str(tiny))
    cache._recorded.clear()
    query_cache.forget()
    zh, en = texts(screen, "zh"), texts(screen, "en")
    assert zh != en
    assert (texts(screen, "zh"), texts(screen, "en")) == (zh, en)


def test_two_threads_at_once_each_speak_their_own_language(tiny, release_of):
    release, together, said = release_of(tiny), threading.Barrier(2), {}

    def speak(code: str) -> None:
        with in_language(code):
            for _ in range(50):
                together.wait()
                said.setdefault(code, set()).add((gettext("Source"), headlines(release)[0].title))

    threads = [threading.Thread(target=speak, args=(code,)) for code in ("zh", "en")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {"zh": {("出处", "2018年建成")}, "en": {("Source", "Built in 2018")}}


def test_a_file_is_in_the_language_of_its_screen_whichever_thread_makes_it(tiny, release_of, monkeypatch):
    makers = []
    monkeypatch.setattr(panel.escaped, "download_button", lambda *_, data, **__: makers.append(data))
    monkeypatch.setattr(panel.st, "container", lambda **_: nullcontext())
    monkeypatch.setattr(panel, "file_name", lambda *_: "")
    with in_language("en"):
        set_screen(Screen(release_of(tiny)))
        panel.show_files("x", {"csv": lambda: language().encode()})
    made = []
    thread = threading.Thread(target=lambda: made.append(makers[0]()))
    thread.start()
    thread.join()
    assert made == [b"en"]
    assert language() == "zh"
