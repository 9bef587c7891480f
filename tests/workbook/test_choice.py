from __future__ import annotations

import builders
from ctimaturity.workbook.choice import choice_lists, scale_choices


def test_options_come_in_the_order_of_the_scale_and_what_is_no_option_last() -> None:
    scale = builders.scale(2, 1, dont_know=True, not_applicable=True)
    choices = scale_choices(scale)
    assert [choice.shown("es") for choice in choices] == [
        "2 - opción 2",
        "1 - opción 1",
        "NS - No sabe",
        "NA - No aplica",
    ]
    assert [(choice.dont_know, choice.not_applicable) for choice in choices[2:]] == [
        (True, False),
        (False, True),
    ]


def test_a_range_has_no_options() -> None:
    assert scale_choices(builders.number_scale(1, 100)) == ()


def test_all_lists_are_named() -> None:
    lists = choice_lists(builders.mini())
    assert set(lists) == {
        "scale:met",
        "scale:agree",
        "scale:range",
        "scale:criterion",
        "segments",
        "reasons",
        "types",
        "confirm",
    }
    assert [choice.shown("en") for choice in lists["segments"]] == list(builders.SEGMENTS)
    assert [choice.shown("es") for choice in lists["confirm"]] == ["Sí"]
