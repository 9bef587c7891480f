"""The dossier says the same of the plan as the roadmap, worked out the quick way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.analysis.roadmap import Wish, roadmap_of
from ctimaturity.workflows.report import ReportOptions, report
from ctimaturity.workflows.roadmap import roadmap
from documents import Page
from rounds import EXAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.workflows.roadmap import Roadmaps


@pytest.fixture(scope="module")
def found() -> Roadmaps:
    return roadmap(EXAMPLE)


def test_the_dossier_has_the_plan(found: Roadmaps, tmp_path: Path) -> None:
    report(EXAMPLE, tmp_path / "out", ReportOptions(entities=("EJ-06", "EJ-12")))
    text = (tmp_path / "out" / "entities" / "EJ-06.html").read_text("utf-8")
    page = Page(text)
    assert "Qué hacer ahora" in {heading for _, heading in page.headings}
    (one,) = (each for each in found.roadmaps if each.row.entity.code == "EJ-06")
    section = text.split('id="roadmap"', 1)[1].split("</section>", 1)[0]
    assert all(f"{planned.choice.item} · " in section for planned in one.plan)
    refused = (tmp_path / "out" / "entities" / "EJ-12.html").read_text("utf-8")
    assert 'id="roadmap"' not in refused


def test_sums_of_gains_are_what_scoring_anew_gives(found: Roadmaps) -> None:
    quick = Wish(effort=found.effort, phases=found.phases, rescored=False)
    for one in found.roadmaps:
        other = roadmap_of(found.standpoint, one.row.entity.code, quick)
        assert [planned.choice for planned in other.plan] == [planned.choice for planned in one.plan]
        if one.outcome is not None and other.outcome is not None:
            assert other.outcome.scores == one.outcome.scores
            assert other.outcome.index == one.outcome.index
            assert other.outcome.measurements == one.outcome.measurements
