"""What people choose, kept in the link: the code stands there, the default leaves no trace, Back undoes the last choice.

Every widget here reads the link first and writes to it in its callback, which makes the browser remember the step.  A code
the link has but the options lack counts as not chosen.
"""

from collections.abc import Mapping, Sequence, Sized

import pandas as pd
import streamlit as st

from pages.widgets import escaped
from pages.wording.catalog import _
from pages.wording.literal import in_markdown


def choose_one(param: str, label: str, options: Mapping[str, str], *, default: str = "") -> str:
    """A drop-down of ``options`` (code -> text); returns the chosen code, ``default`` when the link names none of them."""
    codes = list(options)
    key = _prepare(param, codes, default)
    escaped.selectbox(
        label, codes, format_func=lambda code: options[code], key=key, on_change=_remember, args=(param, default)
    )
    return str(st.session_state[key])


def choose_if_several(param: str, label: str, options: Mapping[str, str]) -> str:
    """The same, the first option being the default; where there is only one, nothing is asked."""
    first = next(iter(options))
    return choose_one(param, label, options, default=first) if len(options) > 1 else first


def choose_several(param: str, label: str, options: Mapping[str, str], *, default: str, at_most: int) -> list[str]:
    """Up to ``at_most`` of ``options``, in the order they were chosen; ``[default]`` when the link names none of them."""
    key, codes = _key(param), list(options)

    def remember() -> None:
        chosen = list(st.session_state[key])
        _put(param, chosen if chosen != [default] else "")

    st.session_state[key] = [code for code in in_link(param) if code in options][:at_most] or [default]
    shown = options.__getitem__
    escaped.multiselect(label, codes, format_func=shown, key=key, max_selections=at_most, on_change=remember)
    return list(st.session_state[key])


def choose_part(param: str, label: str, options: Mapping[str, str], *, default: str) -> str:
    """The same as one row of buttons."""
    codes = list(options)
    key = _prepare(param, codes, default)
    escaped.segmented_control(
        label, codes, format_func=lambda code: in_markdown(options[code]), key=key, required=True, label_visibility="collapsed",
        on_change=_remember, args=(param, default),
    )  # fmt: skip
    return str(st.session_state[key])


def choose_yes(param: str, label: str, *, help_text: str = "") -> bool:
    """A switch that is off unless the link says ``1``."""
    key = _key(param)
    st.session_state[key] = st.query_params.get(param) == "1"
    escaped.toggle(
        label,
        key=key,
        help=in_markdown(help_text) or None,
        on_change=lambda: _put(param, "1" if st.session_state[key] else ""),
    )
    return bool(st.session_state[key])


def choose_filled_part(options: Mapping[str, str], filled: Mapping[str, Sequence[Sized]]) -> str:
    """The ``part`` of a screen: one of those that ``filled`` has something for, or does not name (the first by default).

    One alone is not asked for; where none has anything it is the first of ``options``.
    """
    offered = {code: name for code, name in options.items() if any(map(len, filled.get(code, (code,))))}
    first = next(iter([*offered, *options]))
    return choose_part("part", _("Part"), offered, default=first) if len(offered) > 1 else first


def choose_words(param: str, label: str, *, placeholder: str = "") -> str:
    """A line of free text."""
    key = _key(param)
    st.session_state[key] = st.query_params.get(param, "")
    escaped.text_input(
        label, key=key, placeholder=placeholder, type="search", max_chars=80, on_change=_remember, args=(param, "")
    )
    return str(st.session_state[key] or "").strip()


def choose_row(param: str, rows: pd.DataFrame, codes: Sequence[str], *, alt: str) -> None:
    """A table whose selected row goes into the link: ``codes`` are the rows' codes in order."""
    key = _key(f"row_{param}")

    def remember() -> None:
        _put(param, [codes[row] for row in st.session_state[key].selection.rows[:1] if row < len(codes)])

    st.dataframe(rows, key=key, hide_index=True, selection_mode="single-row", alt=alt, on_select=remember)


def in_link(param: str) -> list[str]:
    """Every value the link gives ``param``, in order, each once."""
    return list(dict.fromkeys(filter(None, st.query_params.get_all(param))))


def _key(param: str) -> str:
    return f"choose_{param}"


def _prepare(param: str, codes: Sequence[str], default: str) -> str:
    said = st.query_params.get(param, default)
    key = _key(param)
    st.session_state[key] = said if said in codes else default
    return key


def _remember(param: str, default: str) -> None:
    _put(param, str(st.session_state[_key(param)] or default), default)


def _put(param: str, chosen: str | list[str], default: str = "") -> None:
    """Writes what was chosen into the link, or takes ``param`` out of it where that is nothing or the default."""
    if chosen and chosen != default:
        st.query_params[param] = chosen
    elif param in st.query_params:
        del st.query_params[param]
