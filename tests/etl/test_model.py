"""The closed lists: their codes are what the tables hold, and each member knows its word, its rank and whether it passes."""

import json
from dataclasses import is_dataclass
from functools import cached_property

import pytest

from etl import model, rows
from etl.model import CheckResult, Measure, Qualifier, State, Verdict
from etl.release.schema import ABSENCE_STATES

PASSES = {
    Verdict: {
        "embargoed": False, "conflict": False, "mismatch": False, "other_definition": False, "qualifier_lost": False,
        "match": True, "derived_match": True, "uncovered": None,
    },
    CheckResult: {"holds": True, "violated": False, "not_testable": None, "conflict": False},
}  # fmt: skip


@pytest.mark.parametrize("outcome", PASSES)
def test_whether_each_outcome_passes_is_said(outcome):
    assert {str(member): member.passes for member in outcome} == PASSES[outcome]


def test_what_needs_attention_ranks_first():
    assert sorted(CheckResult, key=lambda result: result.rank) == ["violated", "conflict", "not_testable", "holds"]
    assert min(Verdict("match"), Verdict("mismatch"), key=lambda verdict: verdict.rank) == "mismatch"


@pytest.mark.parametrize("outcome", PASSES)
def test_every_outcome_has_a_chinese_word_of_its_own(outcome):
    told = [member.word for member in outcome]
    assert len(set(told)) == len(told)
    assert all("一" <= letter <= "鿿" for word in told for letter in word) and all(told)


def test_a_measure_is_told_unless_it_is_what_is():
    assert {str(measure): measure.word for measure in Measure} == {
        "actual": "", "plan": "计划", "target": "目标", "standard": "标准",
    }  # fmt: skip


def test_every_state_is_that_of_a_measure_or_a_declared_absence_or_undeclared():
    assert [measure.state for measure in Measure] == ["done", "planned", "target", "standard"]
    assert {*State} == {*(measure.state for measure in Measure), *ABSENCE_STATES, "undeclared"}


def test_a_member_is_its_code_wherever_it_is_written():
    assert (
        json.dumps({"verdict": Verdict.MATCH, "rank": [Qualifier.RANGE]}) == '{"verdict": "match", "rank": ["range"]}'
    )
    assert f"{State.NOT_IN_PLAN};{Measure.PLAN}" == "not_in_plan;plan"


@pytest.mark.parametrize("module", [model, rows])
def test_every_row_is_frozen_and_small_but_one_that_remembers_what_it_computed(module):
    kinds = [kind for kind in vars(module).values() if is_dataclass(kind)]
    assert len(kinds) > 15
    for kind in kinds:
        computes = any(isinstance(member, cached_property) for member in vars(kind).values())
        assert kind.__dataclass_params__.frozen, kind
        assert ("__slots__" in vars(kind)) != computes, kind
