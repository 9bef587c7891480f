"""Rules that cannot be carried out or contradict themselves: each found, alone, at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics import codes
from small_definition import SMALL, changed, findings, line_of

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        pytest.param(
            "rule: power, exponent: 2",
            "rule: power",
            codes.RULE_NEEDS_KEY,
            "rule: power",
            id="power without exponent",
        ),
        pytest.param(
            "        met_at: 1\n",
            "",
            codes.RULE_NEEDS_KEY,
            "rule: staged",
            id="staged without met_at",
        ),
        pytest.param(
            "        rule: sum\n        items",
            "        rule: points_share\n        items",
            codes.RULE_NEEDS_KEY,
            "rule: points_share",
            id="points share without full points",
        ),
        pytest.param(
            "        rule: staged\n        met_at: 1\n",
            "        rule: mean\n        staged: true\n",
            codes.RULE_NEEDS_KEY,
            "staged: true",
            id="staged beside a score without met_at",
        ),
        pytest.param(
            "          - {id: online, text: {en: It is online}, level: 2}",
            "          - {id: online, text: {en: It is online}}",
            codes.ITEM_WITHOUT_LEVEL,
            "id: online",
            id="staged item without level",
        ),
        pytest.param(
            "        met_at: 1\n",
            "        met_at: 1\n        met_below: 0.5\n",
            codes.MET_BELOW_TOO_LOW,
            "met_below",
            id="less asked of the levels below",
        ),
        pytest.param(
            "        met_at: 1\n",
            "        met_at: 1\n        met_share: 0\n",
            codes.SHARE_OUTSIDE,
            "met_share",
            id="a level met by nothing",
        ),
        pytest.param(
            "        met_at: 1\n",
            "        met_at: 1\n        met_share: 80\n",
            codes.SHARE_OUTSIDE,
            "met_share",
            id="a share in per cent",
        ),
        pytest.param(
            "house: {minimum: 0, maximum: 4}",
            "house: {minimum: 0, maximum: 4, logarithm: true}",
            codes.LOGARITHM_OF_NOTHING,
            "normalise: {method",
            id="logarithm from 0",
        ),
        pytest.param(
            "        title: {en: House}\n",
            "        title: {en: House}\n        level: 0\n",
            codes.NOT_POSITIVE,
            "level: 0",
            id="node of level 0",
        ),
        pytest.param(
            "      - id: care\n",
            "      - {id: roof, title: {en: Roof}, rule: mean}\n      - id: care\n",
            codes.NODE_WITHOUT_PARTS,
            "id: roof",
            id="node without parts",
        ),
        pytest.param(
            "    rule: min\n    over: items\n",
            "    rule: points_share\n    out_of: 5\n    over: children\n",
            codes.RULE_NOT_HERE,
            "rule: points_share",
            id="points share over children",
        ),
        pytest.param(
            "  rule: sum\n  weights",
            "  rule: staged\n  weights",
            codes.RULE_NOT_HERE,
            "rule: staged\n  weights",
            id="staged index",
        ),
        pytest.param(
            "  measurements: [opinion, figures]\n  rule: mean",
            "  measurements: [opinion, figures]\n  rule: sum",
            codes.RULE_NOT_HERE,
            "rule: sum\nindex",
            id="profile that adds up",
        ),
        pytest.param(
            "        rule: sum\n        items",
            "        rule: points_share\n        out_of: 0\n        items",
            codes.NOT_POSITIVE,
            "out_of: 0",
            id="full points of nothing",
        ),
        pytest.param(
            "rule: power, exponent: 2",
            "rule: power, exponent: 0",
            codes.EXPONENT_ZERO,
            "rule: power",
            id="exponent 0",
        ),
        pytest.param(
            "  rule: sum\n  weights",
            "  rule: power\n  normalise: {method: goalposts, minimum: 0, maximum: 1}\n  weights",
            codes.EXPONENT_ZERO,
            "rule: power\n  normalise",
            id="index with exponent 0",
        ),
        pytest.param(
            ", weight: 3",
            ", weight: -3",
            codes.NEGATIVE_WEIGHT,
            "weight: -3",
            id="negative weight of an item",
        ),
        pytest.param(
            "        title: {en: House}\n",
            "        title: {en: House}\n        weight: -1\n",
            codes.NEGATIVE_WEIGHT,
            "weight: -1",
            id="negative weight of a node",
        ),
        pytest.param(
            "opinion: 1, figures: 1",
            "opinion: -1, figures: 1",
            codes.NEGATIVE_WEIGHT,
            "opinion: -1",
            id="negative weight in the index",
        ),
        pytest.param(
            "practice: 0.01, opinion: 1, figures: 1",
            "practice: 0, opinion: 0, figures: 0",
            codes.WEIGHTS_ALL_ZERO,
            "practice: 0,",
            id="index of nothing",
        ),
        pytest.param(
            "level: 1}\n          - {id: online, text: {en: It is online}, level: 2}",
            "level: 1, weight: 0}",
            codes.WEIGHTS_ALL_ZERO,
            "id: care",
            id="node of nothing",
        ),
        pytest.param(
            "    rule: geometric\n",
            "    rule: sum\n",
            codes.BLANKS_UNDER_SUM,
            "rule: sum\n    item_defaults",
            id="sum over answers left out",
        ),
        pytest.param(
            "        met_at: 1\n",
            "        met_at: 2\n",
            codes.NEVER_MET,
            "met_at: 2",
            id="met_at beyond the scale",
        ),
        pytest.param(
            "    rule: mean\n    normalise",
            "    rule: mean\n    staged: true\n    normalise",
            codes.CHILD_NOT_STAGED,
            "staged: true",
            id="staged over a child that is not",
        ),
        pytest.param(
            "{node: house, below: 2, cap_level: 1}",
            "{node: hous, below: 2, cap_level: 1}",
            codes.MISSPELT_PART,
            "{node: hous,",
            id="gate on a misspelt part",
        ),
        pytest.param(
            "{node: house, below: 2, cap_level: 1}",
            "{node: friendly, below: 2, cap_level: 1}",
            codes.UNKNOWN_PART,
            "{node: friendly",
            id="gate on another measurement's item",
        ),
        pytest.param(
            "{house: {minimum: 0, maximum: 4}}",
            "{horse: {minimum: 0, maximum: 4}}",
            codes.MISSPELT_PART,
            "horse",
            id="goalposts of nobody",
        ),
        pytest.param(
            "{house: {minimum: 0, maximum: 4}}",
            "{house: {minimum: 4, maximum: 4}}",
            codes.GOALPOSTS_NOT_RISING,
            "normalise:",
            id="goalposts that do not rise",
        ),
        pytest.param(
            "method: goalposts, minimum: 0, maximum: 100,",
            "method: goalposts, minimum: 0,",
            codes.GOALPOSTS_NOT_RISING,
            "normalise:",
            id="goalposts without a maximum",
        ),
        pytest.param(
            "  harmonised: {minimum: 0, maximum: 1}",
            "  harmonised: {minimum: 1, maximum: 1}",
            codes.GOALPOSTS_NOT_RISING,
            "harmonised",
            id="harmonised to a point",
        ),
        pytest.param(
            "method: goalposts, minimum: 0, maximum: 100, goalposts: {house: {minimum: 0, maximum: 4}}",
            "method: none, minimum: 0",
            codes.NORMALISE_CONTRADICTION,
            "normalise:",
            id="none with a minimum",
        ),
        pytest.param(
            "    normalise: {method: goalposts, minimum: 0, maximum: 100, goalposts: "
            "{house: {minimum: 0, maximum: 4}}}\n",
            "    min_coverage: []\n",
            codes.DIFFERENT_SCALES,
            "rule: mean\n    min_coverage",
            id="different scales",
        ),
        pytest.param(
            "  rule: sum\n  weights",
            "  rule: mean\n  weights",
            codes.DIFFERENT_SCALES,
            "rule: mean\n  weights",
            id="index over different scales",
        ),
        pytest.param(
            "  rule: sum\n  weights",
            "  rule: min\n  normalise: {method: none}\n  weights",
            codes.NORMALISE_NONE,
            "normalise: {method: none}",
            id="minimum of different scales as they are",
        ),
        pytest.param(
            "rule: mean\nindex",
            "rule: mean\n  levels: {parts: 2, side: upper, names: [{name: {en: A}}]}\nindex",
            codes.BAND_NAMES,
            "levels: {parts: 2, side",
            id="profile with a nameless band",
        ),
        pytest.param(
            "kind: area\n  measurements",
            "kind: room\n  measurements",
            codes.PROFILE_EMPTY,
            "kind: room",
            id="profile of a kind that nobody has",
        ),
        pytest.param(
            "{node: fire-exit, equals: 0, cap_score: 50}",
            "{node: fire-exit, equals: 0}",
            codes.GATE_INCOMPLETE,
            "{node: fire",
            id="gate without effect",
        ),
        pytest.param(
            "{node: fire-exit, equals: 0, cap_score: 50}",
            "{node: fire-exit, equals: 0, below: 1, set_zero: true}",
            codes.GATE_INCOMPLETE,
            "{node: fire",
            id="gate with two conditions",
        ),
        pytest.param(
            "{node: fire-exit, equals: 0, cap_score: 50}",
            "{node: fire-exit, equals: 1, cap_score: 50}",
            codes.GATE_EQUALS,
            "{node: fire",
            id="gate on the best answer",
        ),
        pytest.param(
            "{node: fire-exit, equals: 0, cap_score: 50}",
            "{node: fire-exit, equals: 0, cap_score: 101}",
            codes.GATE_OUTSIDE_SCALE,
            "{node: fire",
            id="gate above the scale",
        ),
        pytest.param(
            "    rule: geometric\n",
            "    rule: geometric\n    gates: [{node: slow, below: 2, set_zero: true}]\n",
            codes.GATE_OUTSIDE_SCALE,
            "set_zero",
            id="zero where the scale begins at 1",
        ),
        pytest.param(
            "{node: house, below: 2, cap_level: 1}",
            "{node: house, below: 2, cap_level: 3}",
            codes.GATE_LEVEL,
            "cap_level: 3",
            id="gate at a level that does not exist",
        ),
        pytest.param(
            "min_coverage: [{value: 0.5, below: display}]",
            "min_coverage: [{value: 50, below: display}]",
            codes.SHARE_OUTSIDE,
            "value: 50",
            id="coverage in per cent",
        ),
        pytest.param(
            "    rule: geometric\n",
            "    rule: geometric\n    max_excluded: {value: 1.1, above: provisional}\n",
            codes.SHARE_OUTSIDE,
            "value: 1.1",
            id="more than all excluded",
        ),
        pytest.param(
            "max_segment_share: {value: 0.8,",
            "max_segment_share: {value: 80,",
            codes.SHARE_OUTSIDE,
            "value: 80",
            id="segment share in per cent",
        ),
        pytest.param(
            "min_respondents: {value: 5,",
            "min_respondents: {value: 5.5,",
            codes.COUNT_OUTSIDE,
            "value: 5.5",
            id="half a respondent",
        ),
        pytest.param(
            "    max_age: 2\n",
            "    max_age: -2\n",
            codes.COUNT_OUTSIDE,
            "max_age: -2",
            id="negative age",
        ),
        pytest.param(
            "min_respondents: {value: 5, below: provisional}",
            "min_respondents: {value: 5, below: display}",
            codes.EFFECT_NOT_HERE,
            "below: display",
            id="survey that hides a node",
        ),
        pytest.param(
            "segments:\n  - {id: readers, label: {en: Readers}}\n  - {id: staff, label: {en: Staff}}\n",
            "",
            codes.NO_SEGMENTS,
            "respondents:\n      min",
            id="share of segments that do not exist",
        ),
        pytest.param(
            "level: 2}",
            "level: 3}",
            codes.LEVEL_TOO_HIGH,
            "level: 3}",
            id="level above those there are",
        ),
    ],
)
def test_is_found_alone_at_its_line(tmp_path: Path, old: str, new: str, code: Code, at: str) -> None:
    text = changed(old, new)
    found = findings(tmp_path, text)
    assert [one.code for one in found] == [code]
    assert found[0].location.line == line_of(text, at)


STAGES = """\
    rule: staged
    met_at: 1
    kinds:
      - {id: area, levels: }
    tree:
      - {id: house, title: {en: House}, rule: sum, level: 1, items: [{id: ramp, text: {en: A ramp}}]}
      - {id: care, title: {en: Care}, rule: sum, level: 2, items: [{id: loans, text: {en: Loans}}]}
"""


def staged(*edits: tuple[str, str]) -> str:
    """The small definition with one measurement, a staged level of two areas, and nothing else."""
    start, rest = SMALL.split("    confirm_blank:")
    text = f"{start}    item_defaults: {{scale: done}}\n{STAGES}index:{rest.split('index:')[1]}"
    text = text.replace("practice: 0.01, opinion: 1, figures: 1", "practice: 1")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("edits", "code", "at"),
    [
        pytest.param([(", level: 2", "")], codes.ITEM_WITHOUT_LEVEL, "{id: care", id="a part without level"),
        pytest.param([("met_at: 1", "met_at: 2")], codes.NEVER_MET, "met_at: 2", id="never met"),
        pytest.param(
            [("    met_at: 1\n", "    met_at: 1\n    normalise: {method: levels}\n")],
            codes.PART_WITHOUT_LEVELS,
            "normalise",
            id="parts without levels",
        ),
        pytest.param(
            [("    met_at: 1\n", "    met_at: 1\n    normalise: {method: levels, minimum: 0}\n")],
            codes.NORMALISE_CONTRADICTION,
            "normalise",
            id="levels with goalposts",
        ),
        pytest.param(
            [("  rule: sum\n  weights", "  rule: sum\n  normalise: {method: levels}\n  weights")],
            codes.PART_WITHOUT_LEVELS,
            "normalise",
            id="measurements without levels",
        ),
    ],
)
def test_a_staged_level_of_nodes(tmp_path: Path, edits: list[tuple[str, str]], code: Code, at: str) -> None:
    assert findings(tmp_path, staged()) == []
    text = staged(*edits)
    found = [one for one in findings(tmp_path, text) if one.code == code]
    assert [one.location.line for one in found][:1] == [line_of(text, at)]


ONE = "levels: {parts: 1, side: lower, names: [{name: {en: A}}]}"
TWO = "levels: {parts: 2, side: lower, names: [{name: {en: A}, points: 3}, {name: {en: B}%s}]}"


@pytest.mark.parametrize(
    "levels",
    [
        pytest.param(ONE, id="one level"),
        pytest.param(TWO % ", points: 1", id="points that fall"),
        pytest.param(TWO % ", points: 3", id="points that are alike"),
        pytest.param(TWO % "", id="points for some"),
        pytest.param(TWO.replace("3", "-3") % ", points: 1", id="points below 0"),
    ],
)
def test_what_levels_count_as_rises(tmp_path: Path, levels: str) -> None:
    text = staged(
        ("    rule: staged\n    met_at: 1\n", "    rule: mean\n    normalise: {method: levels}\n"),
        ("      - {id: area, levels: }", f"      - {{id: area, {levels}}}"),
    )
    found = findings(tmp_path, text)
    assert found
    assert {one.code for one in found} == {codes.LEVEL_POINTS}
    assert {one.location.line for one in found} == {line_of(text, "levels: {parts")}


@pytest.mark.parametrize("rule", ["product", "geometric"])
def test_a_product_needs_scores_from_zero(tmp_path: Path, rule: str) -> None:
    text = staged(
        ("rule: sum, level: 1", f"rule: {rule}, level: 1"), ("code: no, points: 0", "code: no, points: -1")
    )
    assert [one.code for one in findings(tmp_path, text)] == [codes.SCALE_BELOW_ZERO]


def test_a_share_of_points_begins_at_zero(tmp_path: Path) -> None:
    text = changed("[{id: area, rule: median}]", "[{id: area, rule: points_share, out_of: 5}]")
    found = {one.code: one.location.line for one in findings(tmp_path, text)}
    assert found[codes.POINTS_NOT_FROM_ZERO] == line_of(text, "rule: points_share")


def test_a_geometric_mean_needs_scores_from_zero(tmp_path: Path) -> None:
    text = changed("code: 1, points: 1, label: {en: Poor}", "code: 1, points: -1, label: {en: Poor}")
    found = [one.location.line for one in findings(tmp_path, text) if one.code == codes.SCALE_BELOW_ZERO]
    assert found == [line_of(text, "rule: geometric"), line_of(text, "rule: power")]


def test_levels_are_counted_from_1(tmp_path: Path) -> None:
    text = changed("level: 2}", "level: 0}")
    (found,) = findings(tmp_path, text)
    assert (found.code, found.location.line) == (codes.NOT_POSITIVE, line_of(text, "level: 0}"))


def test_a_wrong_weight_of_the_index_is_told_once(tmp_path: Path) -> None:
    found = findings(tmp_path, changed("practice: 0.01", "practice: little"))
    assert [one.code.id for one in found] == ["Q109"]
