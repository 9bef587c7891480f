from __future__ import annotations

import itertools

import pytest

from ctimaturity.reporting.theme import READABLE, Palette, Theme, contrast, readable_ink

BOTH = pytest.mark.parametrize("palette", [Theme().light, Theme().dark], ids=["light", "dark"])


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_of_a_colour_with_itself_is_1() -> None:
    assert contrast("#3a97a3", "#3a97a3") == 1


@BOTH
@pytest.mark.parametrize("count", range(1, 11))
def test_every_level_can_be_read(palette: Palette, count: int) -> None:
    assert len(palette.levels(count)) == count + 1
    assert all(contrast(swatch.fill, swatch.ink) >= READABLE for swatch in palette.levels(count))


@BOTH
@pytest.mark.parametrize("count", [5, 6])
def test_levels_keep_their_order_in_grey_and_stand_apart(palette: Palette, count: int) -> None:
    page = palette.colours["surface"]
    distances = [contrast(swatch.fill, page) for swatch in palette.levels(count)[1:]]
    assert distances == sorted(distances)
    assert all(after / before > 1.15 for before, after in itertools.pairwise(distances))


@BOTH
@pytest.mark.parametrize("role", ["ink", "muted", "accent"])
@pytest.mark.parametrize("ground", ["page", "surface", "tint"])
def test_text_can_be_read(palette: Palette, role: str, ground: str) -> None:
    assert contrast(palette.colours[role], palette.colours[ground]) >= READABLE


@BOTH
def test_the_main_figure_and_the_focus_can_be_seen(palette: Palette) -> None:
    assert contrast(palette.colours["accent"], palette.colours["surface"]) >= READABLE
    # WCAG 2.2 asks 3 of what marks the focus.
    assert contrast(palette.colours["focus"], palette.colours["surface"]) >= 3
    assert contrast(palette.colours["focus"], palette.colours["page"]) >= 3


def test_the_ends_of_the_ramp_are_its_anchors() -> None:
    palette = Theme().light
    fills = [swatch.fill for swatch in palette.levels(6)]
    assert fills == [palette.nothing, *palette.ramp]


def test_ink_is_the_house_ink_where_it_can_be_read() -> None:
    assert readable_ink("#ffffff") == "#13212b"
    assert readable_ink("#101010") == "#ffffff"
