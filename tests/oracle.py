"""A second scorer, written from the method alone in plain Python and fractions; it imports nothing of ours.

Slow and simple on purpose: one entity, one node at a time, bounds by trying every subset. A
definition is plain dicts:

    {"scales": {id: [points, ...] or (minimum, maximum)},
     "measurements": [{"id", "survey", "blanks", "credit", "root": NODE}],
     "index": {"rule", "exponent", "weights": {id: w}, "posts", "gates", "levels", "harmonised": (low, high)},
     "profile": {"kind", "measurements", "rule", "levels"} or None}
    NODE = {"id", "kind", "weight", "rule", "over", "out_of", "exponent", "staged",
            "met_at", "met_below", "met_share" (both may be None), "level",
            "posts": None or {"ends": (low, high), "own": {id: (low, high)}, "log": {id, ...}}
                     or "levels",
            "gates", "min_coverage": [(value, of, effect)], "max_excluded": (value, effect) or None,
            "levels": None or {"parts" or "bounds", "side", "open"}, "children", "items"}
    ITEM = {"id", "scale", "weight", "level", "reverse"}

Answers are {item: (state, points)} with the states answered, blank, no_data, chosen_na, never and
dont_know, or {item: {"points": {points: count}, "blank": n, "dont_know": n}} in a survey.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from typing import Any

F = Fraction
TINY = F(1, 10**35)
NO_WEIGHTS = {"staged", "product", "min", "max", "median"}


@dataclass
class Numbers:
    """What is known of one item or node of one entity."""

    ends: tuple[F, F]
    score: F | None = None
    low: F | None = None
    high: F | None = None
    coverage: F | None = None
    excluded: F | None = None
    level: int | None = None
    levels: dict[str, int] = field(default_factory=dict)
    level_ends: tuple[F, F] | None = None
    level_points: list[F] = field(default_factory=list)
    staged: int | None = None
    steps: int | None = None
    asked: bool = True
    answered: bool = False
    hidden: bool = False
    effects: set[str] = field(default_factory=set)

    def of(self, calculation: str) -> F | None:
        return {"score": self.score, "low": self.low, "high": self.high}[calculation]


def decimal_power(value: F, exponent: F) -> F:
    if value == 0:
        return F(0)
    with localcontext() as context:
        context.prec = 70
        base = Decimal(value.numerator) / Decimal(value.denominator)
        power = base ** (Decimal(exponent.numerator) / Decimal(exponent.denominator))
        return F(power.quantize(Decimal(1).scaleb(-45)))


Part = tuple[F, F, F, int | None]
"""The weight, the value on the common scale, the full score, and the level of an item."""


def apply_rule(node: dict[str, Any], parts: list[Part]) -> F | None:
    if not parts:
        return None
    rules = {
        "min": lambda: reached([value for _, value, _, _ in parts], node.get("met_share")),
        "max": lambda: max(value for _, value, _, _ in parts),
        "median": lambda: median([value for _, value, _, _ in parts]),
        "sum": lambda: sum((w * v for w, v, _, _ in parts), F(0)),
        "product": lambda: product([v for _, v, _, _ in parts]),
        "staged": lambda: F(staged([(int(level or 0), value) for _, value, _, level in parts], node) or 0),
        "mean": lambda: mean([(w, v) for w, v, _, _ in parts]),
        "points_share": lambda: times(node["out_of"], mean([(w, v / full) for w, v, full, _ in parts])),
        "geometric": lambda: power_mean(F(0), parts),
        "harmonic": lambda: power_mean(F(-1), parts),
        "power": lambda: power_mean(node["exponent"], parts),
    }
    return rules[node["rule"]]()


def times(factor: F, value: F | None) -> F | None:
    return None if value is None else factor * value


def mean(pairs: list[tuple[F, F]]) -> F | None:
    total = sum((w for w, _ in pairs), F(0))
    return sum((w * v for w, v in pairs), F(0)) / total if total else None


def median(values: list[F]) -> F:
    ordered, count = sorted(values), len(values)
    return ordered[count // 2] if count % 2 else (ordered[count // 2 - 1] + ordered[count // 2]) / 2


def reached(values: list[F], share: F | None) -> F:
    """The highest value that a share of all reach; the lowest without."""
    least = F(1) if share is None else share
    return max(each for each in values if F(sum(other >= each for other in values), len(values)) >= least)


def product(values: list[F]) -> F:
    found = F(1)
    for value in values:
        found *= value
    return found


def power_mean(p: F, parts: list[Part]) -> F | None:
    weighted = [(w, v) for w, v, _, _ in parts if w]
    if not weighted:
        return None
    if p <= 0 and any(v == 0 for _, v in weighted):
        return F(0)
    if p == 0:
        total = sum((w for w, _ in weighted), F(0))
        product = F(1)
        for w, v in weighted:
            product *= decimal_power(v, w / total)
        return product
    raised = [(w, v ** int(p) if p.denominator == 1 else decimal_power(v, p)) for w, v in weighted]
    inside = mean(raised)
    if not inside:
        return F(0)
    return 1 / inside if p == -1 else decimal_power(inside, 1 / p)


def staged(parts: list[tuple[int, F | None]], node: dict[str, Any]) -> int | None:
    """The highest level that has parts, enough parts of it and of every level below being met."""
    if not parts:
        return None
    share = F(1) if node["met_share"] is None else node["met_share"]
    below = node["met_at"] if node["met_below"] is None else node["met_below"]

    def enough(level: int, threshold: F) -> bool:
        own = [value is not None and value >= threshold for each, value in parts if each == level]
        return F(sum(own), len(own)) >= share

    present = {level for level, _ in parts}
    return max(
        (
            level
            for level in present
            if enough(level, node["met_at"]) and all(enough(low, below) for low in present if low < level)
        ),
        default=0,
    )


def logarithm(value: F, base: F) -> F:
    with localcontext() as context:
        context.prec = 70
        top, bottom = (Decimal(x.numerator) / Decimal(x.denominator) for x in (value, base))
        return F((top.ln() / bottom.ln()).quantize(Decimal(1).scaleb(-45)))


def on_common_scale(value: F, part: dict[str, Any], ends: tuple[F, F], posts: dict[str, Any]) -> F:
    """Goalposts of a reversed item hold for its answers, and the better answer is the lower one."""
    low, high = posts["ends"]
    turned = part["id"] in posts["own"] and part.get("reverse", False)
    answered = ends[0] + ends[1] - value if turned else value
    start, end = posts["own"].get(part["id"], ends)
    inside = min(max(answered, start), end)
    share = (inside - start) / (end - start)
    if part["id"] in posts["log"]:
        share = logarithm(inside / start, end / start)
    return low + (1 - share if turned else share) * (high - low)


def close(a: F, b: F) -> int:
    """-1, 0, 1 as a is below, on, above b."""
    return 0 if abs(a - b) < TINY else (1 if a > b else -1)


def level_of(levels: dict[str, Any], ends: tuple[F, F], score: F) -> int:
    bounds = levels.get("bounds") or [
        ends[0] + (ends[1] - ends[0]) * F(k, levels["parts"]) for k in range(levels["parts"] + 1)
    ]
    count = len(bounds) - 1
    if levels["side"] == "upper":
        for level in range(count, 0, -1):
            if close(score, bounds[level - 1]) > 0:
                return level
        return 0 if levels["open"] else 1
    for level in range(count, 0, -1):
        if close(score, bounds[level - 1]) >= 0:
            return level
    return 1


class Entity:
    """One entity scored against a definition."""

    def __init__(self, definition: dict[str, Any], answers: dict[str, Any]) -> None:
        self.definition = definition
        self.answers = answers
        self.numbers: dict[tuple[str, str], Numbers] = {}
        self.missing: set[str] = set()
        for measurement in definition["measurements"]:
            self.measure(measurement)
        self.combine()

    def measure(self, measurement: dict[str, Any]) -> None:
        name = measurement["id"]
        self.tree(measurement, measurement["root"])
        items = walk_items(measurement["root"])
        if not any(self.numbers[name, item["id"]].coverage or 0 for item in items):
            self.missing.add(name)

    # Items

    def ends(self, item: dict[str, Any]) -> tuple[F, F]:
        scale = self.definition["scales"][item["scale"]]
        return (F(min(scale)), F(max(scale)))

    def item(self, measurement: dict[str, Any], item: dict[str, Any]) -> Numbers:
        low, high = self.ends(item)
        found = Numbers((low, high))
        self.numbers[measurement["id"], item["id"]] = found
        blank_is = {"worst": low, "zero": F(0), "exclude": None}[measurement["blanks"]]
        turned = (lambda x: low + high - x) if item["reverse"] else (lambda x: x)
        answer = self.answers.get(item["id"], ("blank", None))
        if isinstance(answer, dict):
            said = sum(answer["points"].values())
            blank, unsure = answer["blank"], answer["dont_know"]
            if not said and not blank and not unsure:
                blank = 1
            total = sum((turned(F(points)) * count for points, count in answer["points"].items()), F(0))
            if said + blank:
                found.coverage = F(said, said + blank)
                found.low = (total + low * blank) / (said + blank)
                found.high = (total + high * blank) / (said + blank)
                found.score = None if blank_is is None else (total + blank_is * blank) / (said + blank)
            if said and blank_is is None:
                found.score = total / said
            found.excluded = F(unsure, said + blank + unsure)
            found.answered = said > 0
            return found
        state, points = answer
        if state == "answered":
            found.score = found.low = found.high = turned(F(points))
        if state in {"blank", "no_data"}:
            found.low, found.high = low, high
        if state == "blank":
            found.score = blank_is
        if state in {"never", "chosen_na"} and measurement["credit"] is not None:
            found.score = found.low = found.high = F(measurement["credit"])
        left_out = state in {"never", "chosen_na"}
        found.asked = not left_out or found.score is not None
        found.answered = state == "answered" or (left_out and found.score is not None)
        found.coverage = {"answered": F(1), "blank": F(0), "no_data": F(0)}.get(state)
        found.excluded = None if state == "never" else F(state in {"no_data", "chosen_na", "dont_know"})
        return found

    # Nodes

    def tree(self, measurement: dict[str, Any], node: dict[str, Any]) -> Numbers:
        below = [self.tree(measurement, child) for child in node["children"]]
        own = [self.item(measurement, item) for item in node["items"]]
        if node["over"] == "items":
            parts = [(item, self.numbers[measurement["id"], item["id"]]) for item in walk_items(node)]
        else:
            parts = list(zip([*node["children"], *node["items"]], [*below, *own], strict=True))
        found = self.node(node, parts, measurement["id"])
        self.thresholds(node, parts, found)
        if node["staged"]:
            # Every item that can exist is asked for; one without an answer is as one that is not met. A part
            # that lost its score for want of answers still holds back what stands above it.
            steps = [
                numbers.steps
                for child, numbers in zip(node["children"], below, strict=True)
                if child["staged"]
            ]
            reached = staged(
                [
                    (item["level"], numbers.score if numbers.answered else None)
                    for item, numbers in zip(node["items"], own, strict=True)
                    if numbers.asked and item["level"] is not None
                ],
                node,
            )
            known = [step for step in [*steps, reached] if step is not None]
            found.steps = min(known) if known else None
            found.staged = None if found.score is None else found.steps
        return found

    def node(
        self, node: dict[str, Any], parts: list[tuple[dict[str, Any], Numbers]], measurement: str
    ) -> Numbers:
        rule, posts = node["rule"], node["posts"]
        by_level = posts == "levels"
        ends = [
            numbers.level_ends if by_level else tuple(posts["ends"]) if posts else numbers.ends
            for _, numbers in parts
        ]
        weights = [F(part["weight"]) for part, _ in parts]
        levels_of_parts = [part.get("level") for part, _ in parts]
        found = Numbers(node_ends(node, ends, weights, levels_of_parts))
        self.numbers[measurement, node["id"]] = found
        free = {"sum", "points_share", "staged"}
        whole = node.get("whole") or rule == "product" or (len(set(ends)) > 1 and rule not in free)
        for calculation in ("score", "low", "high"):
            sure, unsure = [], []
            for (part, numbers), weight in zip(parts, weights, strict=True):
                value = numbers.of(calculation)
                if value is None:
                    continue
                if by_level:
                    value = numbers.level_points[numbers.levels[calculation]]
                elif posts:
                    value = on_common_scale(value, part, numbers.ends, posts)
                here = (weight, value, numbers.ends[1], part.get("level"))
                (sure if numbers.score is not None or whole else unsure).append(here)
            if whole and len(sure) < len(parts):
                score = None
            else:
                some = [
                    apply_rule(node, [*sure, *extra])
                    for count in range(len(unsure) + 1)
                    for extra in combinations(unsure, count)
                ]
                known = [value for value in some if value is not None]
                score = None if not known else (max(known) if calculation == "high" else min(known))
            setattr(found, calculation, score)
        self.gates(node, found, measurement)
        shares = [F(1)] * len(parts) if rule in NO_WEIGHTS else weights
        found.coverage = share(shares, [numbers.coverage for _, numbers in parts])
        found.excluded = share(shares, [numbers.excluded for _, numbers in parts])
        return found

    def gates(self, node: dict[str, Any], found: Numbers, measurement: str) -> None:
        caps: dict[str, list[int]] = {"score": [], "low": [], "high": []}
        for gate in node["gates"]:
            part = self.numbers.get((measurement or gate["node"], gate["node"]))
            for calculation in ("score", "low", "high"):
                score = found.of(calculation)
                value = None if part is None else part.of(calculation)
                if value is None or part is None or (calculation == "high" and part.score is None):
                    continue
                shut = value < gate["below"] if gate["below"] is not None else value == gate["equals"]
                if shut and score is not None and gate["cap_score"] is not None:
                    setattr(found, calculation, min(score, F(gate["cap_score"])))
                if shut and score is not None and gate["set_zero"]:
                    setattr(found, calculation, F(0))
                if shut and gate["cap_level"] is not None:
                    caps[calculation].append(gate["cap_level"])
        if not node["levels"]:
            return
        for calculation, most in caps.items():
            score = found.of(calculation)
            if score is not None:
                found.levels[calculation] = min([level_of(node["levels"], found.ends, score), *most])
        found.level = found.levels.get("score")
        lowest = [gate["cap_level"] for gate in node["gates"] if gate["cap_level"] is not None]
        lowest.append(0 if node["levels"]["open"] else 1)
        count = node["levels"].get("parts") or len(node["levels"]["bounds"]) - 1
        points = node["levels"].get("points") or range(1, count + 1)
        found.level_points = [F(0), *map(F, points)]
        found.level_ends = (found.level_points[min(lowest)], found.level_points[-1])

    def thresholds(
        self, node: dict[str, Any], parts: list[tuple[dict[str, Any], Numbers]], found: Numbers
    ) -> None:
        for value, of, effect in node["min_coverage"]:
            coverage = found.coverage
            if of == "count":
                asked = [numbers for _, numbers in parts if numbers.coverage is not None]
                there = [numbers for numbers in asked if numbers.coverage and numbers.score is not None]
                coverage = F(len(there), len(asked)) if asked else None
            if coverage is not None and coverage < F(value):
                found.effects.add(effect)
        if node["max_excluded"] and found.excluded is not None:
            value, effect = node["max_excluded"]
            if found.excluded > F(value):
                found.effects.add(effect)
        if "absent" in found.effects:
            found.score = found.level = None
        found.hidden = "display" in found.effects

    # The whole

    def combine(self) -> None:
        definition = self.definition
        roots = {}
        for measurement in definition["measurements"]:
            name = measurement["id"]
            if name in self.missing:
                for (owner, _), numbers in self.numbers.items():
                    if owner == name:
                        numbers.score = numbers.level = numbers.staged = None
            roots[name] = self.numbers[name, name]
        self.profile()
        index = definition["index"]
        weights = index["weights"]
        parts = [({"id": name, "weight": weights[name]}, numbers) for name, numbers in roots.items()]
        plain = {"id": "index", "whole": True, "gates": [], "levels": None, "exponent": None}
        self.node({**plain, **index}, parts, "")
        low, high = index["harmonised"]
        posts = {"ends": (F(low), F(high)), "own": {}, "log": set()}
        rescaled = {**plain, "id": "harmonised", "rule": "mean", "posts": posts}
        self.node(rescaled, parts, "")

    def profile(self) -> None:
        profile = self.definition["profile"]
        if not profile:
            return
        shared: dict[str, list[tuple[dict[str, Any], Numbers]]] = {}
        for measurement in self.definition["measurements"]:
            if measurement["id"] in profile["measurements"]:
                for node in walk(measurement["root"]):
                    if node["kind"] == profile["kind"]:
                        numbers = self.numbers[measurement["id"], node["id"]]
                        shared.setdefault(node["id"], []).append(({"id": node["id"], "weight": 1}, numbers))
        for name, parts in shared.items():
            self.node(
                {
                    "id": name,
                    "rule": profile["rule"],
                    "whole": True,
                    "posts": None,
                    "gates": [],
                    "exponent": None,
                    "levels": profile["levels"],
                },
                parts,
                "profile",
            )

    @property
    def status(self) -> str:
        effects = {
            effect
            for (measurement, _), numbers in self.numbers.items()
            if measurement not in self.missing
            for effect in numbers.effects
        }
        if "incomplete" in effects or self.numbers["", "index"].score is None:
            return "incomplete"
        return "provisional" if "provisional" in effects else "ranked"


def node_ends(
    node: dict[str, Any], ends: list[Any], weights: list[F], levels: list[int | None]
) -> tuple[F, F]:
    rule = node["rule"]
    if rule == "points_share":
        return (F(0), F(node["out_of"]))
    if rule == "staged":
        return (F(0), F(max((level or 0 for level in levels), default=0)))
    if rule == "product":
        return (product([F(low) for low, _ in ends]), product([F(high) for _, high in ends]))
    if rule == "sum":
        return (
            sum((w * low for w, (low, _) in zip(weights, ends, strict=True)), F(0)),
            sum((w * high for w, (_, high) in zip(weights, ends, strict=True)), F(0)),
        )
    if len(set(ends)) == 1:
        return (F(ends[0][0]), F(ends[0][1]))
    total = sum(weights)
    return (
        sum((w * low for w, (low, _) in zip(weights, ends, strict=True)), F(0)) / total,
        sum((w * high for w, (_, high) in zip(weights, ends, strict=True)), F(0)) / total,
    )


def share(weights: list[F], values: list[F | None]) -> F | None:
    known = [(w, v) for w, v in zip(weights, values, strict=True) if v is not None]
    total = sum((w for w, _ in known), F(0))
    return sum((w * v for w, v in known), F(0)) / total if total else None


def walk(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(below for child in node["children"] for below in walk(child))]


def walk_items(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [*(item for child in node["children"] for item in walk_items(child)), *node["items"]]


def competition(scores: dict[str, F]) -> dict[str, int]:
    """Ranks 1, 2, 2, 4."""
    return {name: 1 + sum(other > score for other in scores.values()) for name, score in scores.items()}
