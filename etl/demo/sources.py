"""Writes source folders as people fill them: source.toml, facts.csv, statements.csv, corrections.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.demo.target import Target, toml
from etl.release.schema import FACTS, STATEMENTS

Fact = dict[str, Any]
DEFAULTS: Mapping[str, str] = {"qualifier": "exact", "measure": "actual", "role": "observation", "read_by": "numeral"}


def write_source(
    target: Target,
    name: str,
    about: Mapping[str, Any],
    facts: Sequence[Fact] = (),
    statements: Sequence[Mapping[str, Any]] = (),
    corrections: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Writes ``sources/<name>/``; the facts get their ``seq`` by position and DEFAULTS where they say nothing."""
    target.text(toml(about), "sources", name, "source.toml")
    numbered = [{**DEFAULTS, **_said(fact), "seq": seq} for seq, fact in enumerate(facts, start=1)]
    target.table(FACTS.columns, numbered, "sources", name, "facts.csv")
    target.table(STATEMENTS.columns, statements, "sources", name, "statements.csv")
    if corrections:
        text = "\n".join(f"[[correction]]\n{toml(one)}" for one in corrections)
        target.text(text, "sources", name, "corrections.toml")


def _said(fact: Fact) -> Fact:
    return {name: value for name, value in fact.items() if name in FACTS.columns and value != ""}
