"""Random definitions and answers, as the oracle's plain dicts and as our model."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

import builders as b
from ctimaturity.model.questionnaire import Item, Node, Profile, Questionnaire
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.rule import Rule

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

SCALES: dict[str, list[str]] = {
    "six": ["1", "2", "3", "4", "5", "6"],
    "met": ["0", "1"],
    "half": ["0", "0.5", "1.5", "2"],
    "tenth": ["0.1", "0.2", "0.7", "0.8"],
}
WEIGHTS = ["0", "0.1", "0.5", "0.7", "1", "1", "1", "2", "3"]
MOST_OVER_ITEMS = 10
PLAIN = ["mean", "min", "max", "median", "geometric", "harmonic", "power"]
POSTS: dict[str, Any] = {"ends": (Fraction(0), Fraction(10)), "own": {}, "log": frozenset()}
LEVELS = "levels"


@st.composite
def definitions(draw: DrawFn, rules: tuple[str, ...] = ()) -> dict[str, Any]:
    """A definition of one to three measurements; `rules` restricts what nodes may use."""
    count = draw(st.integers(1, 3))
    measurements = [draw(_measurement(f"m{number}", rules)) for number in range(count)]
    names = [measurement["id"] for measurement in measurements]
    profile = None
    if draw(st.booleans()):
        profile = {
            "kind": "dimension",
            "measurements": names[-2:],
            "rule": "mean",
            "levels": draw(_levels()),
        }
    return {
        "scales": {name: [Fraction(point) for point in points] for name, points in SCALES.items()},
        "measurements": measurements,
        "profile": profile,
        "index": {
            "rule": "mean",
            "weights": dict(zip(names, _positive(draw, len(names)), strict=True)),
            "posts": draw(_posts([measurement["root"] for measurement in measurements])),
            "levels": draw(st.none() | _levels()),
            "gates": [],
            "harmonised": (Fraction(0), Fraction(100)),
        },
    }


@st.composite
def _measurement(draw: DrawFn, name: str, rules: tuple[str, ...]) -> dict[str, Any]:
    survey = draw(st.integers(0, 3)) == 0
    scales = (
        ["six"] if survey else draw(st.sampled_from([["six"], ["met"], ["half"], ["tenth"], list(SCALES)]))
    )
    zero_fits = all(scale in {"met", "half"} for scale in scales)
    measurement = {
        "id": name,
        "survey": survey,
        "blanks": draw(st.sampled_from(["worst", "exclude", *(["zero"] if zero_fits else [])])),
        "credit": draw(st.sampled_from([None, None, Fraction(1, 2) if "tenth" in scales else Fraction(1)])),
    }
    root = draw(_node(name, 2, measurement, scales, rules))
    return measurement | {"root": root | {"kind": "measurement"}}


@st.composite
def _node(
    draw: DrawFn,
    name: str,
    depth: int,
    measurement: dict[str, Any],
    scales: list[str],
    rules: tuple[str, ...],
) -> dict[str, Any]:
    leaf = depth == 0 or draw(st.booleans())
    children = (
        []
        if leaf
        else [
            draw(_node(f"{name}-{n}", depth - 1, measurement, scales, rules))
            for n in range(draw(st.integers(1, 3)))
        ]
    )
    items = [
        _item(draw, f"{name}-i{n}", scales)
        for n in range(draw(st.integers(1, 4) if leaf else st.integers(0, 1)))
    ]
    few = len(items) + sum(len(all_items(child)) for child in children) <= MOST_OVER_ITEMS
    node: dict[str, Any] = {
        "id": name,
        "kind": draw(st.sampled_from(["dimension", "other"])),
        # The oracle tries every subset of what is not known: no more than a thousand of them.
        "over": draw(st.sampled_from(["children", "children", "items" if few else "children"])),
        "children": children,
        "items": items,
        "out_of": Fraction(6),
        "exponent": Fraction(draw(st.sampled_from(["2", "-1", "0.5", "0"]))),
        "met_at": Fraction(1, 2),
        "met_below": draw(st.sampled_from([None, None, Fraction(1), Fraction(2)])),
        "met_share": draw(st.sampled_from([None, None, Fraction(1, 2), Fraction("0.7"), Fraction(1)])),
        "level": draw(st.integers(1, 3)),
        "staged": draw(st.booleans()),
        "weight": Fraction(draw(st.sampled_from(WEIGHTS))),
        "gates": [],
        "max_excluded": draw(st.sampled_from([None, None, (Fraction("0.35"), "provisional")])),
        "levels": draw(st.none() | _levels()),
    }
    parts = all_items(node) if node["over"] == "items" else [*children, *items]
    if not any(part["weight"] for part in parts):
        parts[0]["weight"] = Fraction(1)
    node["min_coverage"] = draw(st.lists(_threshold(), max_size=2, unique_by=lambda each: each[2]))
    node["posts"] = draw(_posts(parts))
    node["rule"] = draw(st.sampled_from(_allowed(node, parts, measurement, rules)))
    if node["rule"] in {"sum", "points_share"} or (node["rule"] == "staged" and node["posts"] != LEVELS):
        node["posts"] = None
    if draw(st.integers(0, 2)) == 0:
        node["gates"] = [draw(_gate(node))]
    return node


@st.composite
def _posts(draw: DrawFn, parts: list[dict[str, Any]]) -> Any:
    """None, goalposts, with some of their own, perhaps of logarithms, or the levels of the parts."""
    if all("scale" not in part and part["levels"] for part in parts) and draw(st.booleans()):
        return LEVELS
    if draw(st.integers(0, 2)):
        return None
    given = [part["id"] for part in parts if "scale" in part and draw(st.integers(0, 3)) == 0]
    return POSTS | {
        "own": dict.fromkeys(given, (Fraction("0.2"), Fraction("3.5"))),
        "log": frozenset(each for each in given if draw(st.booleans())),
    }


def _item(draw: DrawFn, name: str, scales: list[str]) -> dict[str, Any]:
    return {
        "id": name,
        "scale": draw(st.sampled_from(scales)),
        "weight": Fraction(draw(st.sampled_from(WEIGHTS))),
        "level": draw(st.integers(1, 3)),
        "reverse": draw(st.integers(0, 4)) == 0,
    }


def all_items(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [*(item for child in node["children"] for item in all_items(child)), *node["items"]]


def _allowed(
    node: dict[str, Any], parts: list[dict[str, Any]], measurement: dict[str, Any], rules: tuple[str, ...]
) -> list[str]:
    found = list(PLAIN)
    only_items = all("scale" in part for part in parts)
    one_scale = only_items and len({part["scale"] for part in parts}) == 1
    levels = {
        (part["levels"]["parts"], part["levels"]["open"], bool(part["levels"]["points"]), bool(part["gates"]))
        for part in parts
        if node["posts"] == LEVELS
    }
    if len(levels) > 1 or (not one_scale and node["posts"] is None):
        found = ["mean"]
    found.append("product")
    if measurement["blanks"] != "exclude":
        found.append("sum")
    if only_items and all(part["scale"] in {"met", "half"} for part in parts):
        found.append("points_share")
    if node["over"] == "children":
        found.append("staged")
    return [rule for rule in found if not rules or rule in rules] or ["mean"]


@st.composite
def _threshold(draw: DrawFn) -> tuple[Fraction, str, str]:
    return (
        Fraction(draw(st.sampled_from(["0.5", "0.65", "0.9", "1"]))),
        draw(st.sampled_from(["weight", "count"])),
        draw(st.sampled_from(["absent", "display", "provisional", "incomplete"])),
    )


@st.composite
def _levels(draw: DrawFn) -> dict[str, Any]:
    side = draw(st.sampled_from(["upper", "lower"]))
    parts = draw(st.integers(2, 6))
    points = [Fraction(n * n, 2) for n in range(parts)] if draw(st.integers(0, 2)) == 0 else None
    return {
        "parts": parts,
        "side": side,
        "open": side == "upper" and draw(st.booleans()),
        "points": points,
    }


@st.composite
def _gate(draw: DrawFn, node: dict[str, Any]) -> dict[str, Any]:
    below = [*_below(node), *all_items(node)]
    gate: dict[str, Any] = {
        "node": draw(st.sampled_from([part["id"] for part in below])),
        "below": Fraction(draw(st.sampled_from(["0.5", "1", "2", "3.5"]))),
        "equals": None,
        "cap_level": None,
        "cap_score": None,
        "set_zero": False,
    }
    # A cap on the score names a value of the node's scale; `cti questionnaire check` refuses the rest.
    from_zero = all(item["scale"] in {"met", "half"} for item in all_items(node)) and not any(
        part["posts"] for part in all_nodes(node)
    )
    effect = draw(st.sampled_from(["cap_level", "cap_score", "set_zero"] if from_zero else ["cap_level"]))
    return gate | {effect: {"cap_level": 1, "cap_score": Fraction(3, 2), "set_zero": True}[effect]}


def all_nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *_below(node)]


def _below(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for child in node["children"] for part in (child, *_below(child))]


def _positive(draw: DrawFn, count: int) -> list[Fraction]:
    return [Fraction(draw(st.sampled_from(["0.5", "1", "2", "0.7"]))) for _ in range(count)]


@st.composite
def answers(draw: DrawFn, definition: dict[str, Any], states: tuple[str, ...] = ()) -> dict[str, Any]:
    """Answers of one entity: anything, or only the given states."""
    found: dict[str, Any] = {}
    for measurement in definition["measurements"]:
        left_out = draw(st.integers(0, 9)) == 0
        for item in all_items(measurement["root"]):
            points = definition["scales"][item["scale"]]
            if measurement["survey"]:
                found[item["id"]] = {
                    "points": {} if left_out else {p: draw(st.integers(0, 3)) for p in points},
                    "blank": 0 if left_out else draw(st.sampled_from([0, 0, 1, 4])),
                    "dont_know": 0 if left_out else draw(st.sampled_from([0, 0, 1, 4])),
                }
                continue
            state = draw(
                st.sampled_from(states or ("answered",) * 5 + ("blank", "no_data", "chosen_na", "never"))
            )
            state = "blank" if left_out else state
            found[item["id"]] = (state, draw(st.sampled_from(points)) if state == "answered" else None)
    return found


# As our model


def as_questionnaire(definition: dict[str, Any], never: frozenset[str] = frozenset()) -> Questionnaire:
    """The same definition; the items in `never` exist only for a gobernación."""
    profile, index = definition["profile"], definition["index"]
    return b.questionnaire(
        *(_as_measurement(measurement, never) for measurement in definition["measurements"]),
        scales={name: b.scale(*(_text(p) for p in points)) for name, points in definition["scales"].items()},
        weights={name: _text(weight) for name, weight in index["weights"].items()},
        normalise=_as_posts(index["posts"]) or b.AS_THEY_ARE,
        levels=_as_levels(index["levels"]),
        profile=profile
        and Profile(
            kind=profile["kind"],
            measurements=tuple(profile["measurements"]),
            rule=Rule.MEAN,
            levels=_as_levels(profile["levels"]),
        ),
    )


def _as_measurement(measurement: dict[str, Any], never: frozenset[str]) -> Any:
    credit = measurement["credit"]
    return b.measurement(
        _as_node(measurement["root"], never),
        collects="respondents" if measurement["survey"] else "answers",
        blanks=measurement["blanks"],
        not_applicable="exclude" if credit is None else "credit",
        credit=None if credit is None else _text(credit),
    )


def _as_node(node: dict[str, Any], never: frozenset[str]) -> Node:
    parts: list[Node | Item] = [_as_node(child, never) for child in node["children"]]
    parts += [
        b.item(
            item["id"],
            item["scale"],
            weight=_text(item["weight"]),
            level=item["level"],
            reverse=item["reverse"],
            applies_to=("gobernacion",) if item["id"] in never else b.TYPES,
        )
        for item in node["items"]
    ]
    return b.node(
        node["id"],
        *parts,
        rule=node["rule"],
        over=node["over"],
        kind=node["kind"],
        weight=_text(node["weight"]),
        out_of=_text(node["out_of"]),
        exponent=_text(node["exponent"]),
        met_at=_text(node["met_at"]),
        met_below=node["met_below"] and _text(node["met_below"]),
        met_share=node["met_share"] and _text(node["met_share"]),
        level=node["level"],
        staged=node["staged"],
        normalise=_as_posts(node["posts"]),
        gates=[
            b.gate(
                gate["node"],
                below=_text(gate["below"]),
                cap_level=gate["cap_level"],
                cap_score=None if gate["cap_score"] is None else _text(gate["cap_score"]),
                set_zero=gate["set_zero"],
            )
            for gate in node["gates"]
        ],
        min_coverage=[b.coverage(_text(value), effect, of) for value, of, effect in node["min_coverage"]],
        max_excluded=node["max_excluded"]
        and b.excluded(_text(node["max_excluded"][0]), node["max_excluded"][1]),
        levels=_as_levels(node["levels"]),
    )


def _as_posts(posts: Any) -> Any:
    if posts is None or posts == LEVELS:
        return posts and b.BY_LEVEL
    own = {name: (_text(low), _text(high)) for name, (low, high) in posts["own"].items()}
    return b.goalposts(*(_text(end) for end in posts["ends"]), own, posts["log"])


def _as_levels(levels: dict[str, Any] | None) -> Any:
    lowest = "open" if levels and levels["open"] else "closed"
    points = [_text(each) for each in levels["points"] or ()] if levels else []
    return levels and b.levels(levels["parts"], levels["side"], lowest, points=points)


def _text(value: Fraction) -> str:
    """A fraction that has a short decimal, as one writes it: 1, 0.7."""
    return f"{float(value):g}"


def never_applicable(given: dict[str, Any]) -> frozenset[str]:
    """The items that the definition must not apply to the entity."""
    return frozenset(key for key, value in given.items() if isinstance(value, tuple) and value[0] == "never")


def as_answers(
    code: str, given: dict[str, Any], definition: dict[str, Any], questionnaire: Questionnaire
) -> EntityAnswers:
    """The same answers of an alcaldía."""
    states = {"blank": State.BLANK, "no_data": State.NO_DATA, "chosen_na": State.NOT_APPLICABLE}
    responses: dict[str, object] = {}
    for key, value in given.items():
        if isinstance(value, tuple) and value[0] != "never":
            state, points = value
            responses[key] = (
                b.answered(_text(points)) if state == "answered" else Response(state=states[state])
            )
    surveys = []
    for measurement in definition["measurements"]:
        rows = {
            key: value for key, value in given.items() if isinstance(value, dict) and _owns(measurement, key)
        }
        if rows:
            counts = {
                key: {_text(p): n for p, n in row["points"].items()}
                | {"blank": row["blank"], "dont_know": row["dont_know"]}
                for key, row in rows.items()
            }
            surveys.append(b.tallies(questionnaire, {"academia": counts}, measurement=measurement["id"]))
    return b.answers(code, responses, surveys)


def _owns(measurement: dict[str, Any], item: str) -> bool:
    return any(each["id"] == item for each in all_items(measurement["root"]))
