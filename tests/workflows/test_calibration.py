"""Calibration from workbooks to a file that scores."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.indicators.goals import read_goals
from ctimaturity.indicators.reference_document import read_document
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.scoring.calibration import CutMethod
from ctimaturity.workbook.template import Content, TemplateOptions
from ctimaturity.workbook.writer import write_workbook
from ctimaturity.workflows.calibration import Calibration, CalibrationOptions, calibrate
from ctimaturity.workflows.options import ReadingOptions, ScoreOptions
from ctimaturity.workflows.score import score
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

MODEL = "mmmctic@2020-04"
COUNT = 12
LEAST_SMALL = 10
SMALL = "R-PER-08"
"""An indicator that only nine have."""
SAME = "R-PER-10"
"""One that everybody has the same value of."""


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve entities, half of them big: R-PER-04 is 10, 20, ... 120, R-PER-06 1 twelve times but a 90."""
    folder = tmp_path_factory.mktemp("baseline")
    definition = Library().find(MODEL)
    lines = ["code,name,type,size"]
    (folder / "in").mkdir()
    for n in range(1, COUNT + 1):
        entity = Entity(f"B-{n:02d}", f"Base {n}", "alcaldia")
        lines.append(f"{entity.code},{entity.name},alcaldia,{'big' if n > 1 else 'small'}")
        values = {"R-PER-04": 10 * n, "R-PER-06": 90 if n == COUNT else 1 + n % 3, SAME: 5}
        if n < LEAST_SMALL:
            values[SMALL] = n
        given = {
            item: Response(State.ANSWERED, value=Decimal(value), year=2024) for item, value in values.items()
        }
        options = TemplateOptions(parts=("results",), entity=entity)
        content = Content(EntityAnswers(entity, given))
        path = folder / "in" / f"{entity.code}.xlsx"
        write_workbook(path, definition, options, definition_hash(definition), content)
    (folder / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def made(baseline: Path, out: Path, method: CutMethod, **options: object) -> Calibration:
    reading = ReadingOptions(entities=baseline / "list.csv")
    return calibrate([baseline / "in"], out, CalibrationOptions(method, reading, **options))  # type: ignore[arg-type]


def found(made: Calibration) -> set[tuple[str, str]]:
    return {(each.code.id, each.location.item) for each in made.diagnostics if each.code.id[0] == "R"}


def cuts(made: Calibration, item: str, group: str = "") -> tuple[Decimal, ...]:
    return next(one.cuts for one in made.record.ranges if (one.item, one.group) == (item, group))


def test_quantiles_of_a_sample_score_the_next_round(baseline: Path, tmp_path: Path) -> None:
    calibration = made(baseline, tmp_path / "q.yaml", CutMethod.QUANTILE)
    # 10 to 120 in tens: places 11/6, 22/6 ... of ten each, from 10
    expected = [round(10 + 110 * part / 6, 6) for part in range(1, 6)]
    assert [round(float(cut), 6) for cut in cuts(calibration, "R-PER-04")] == expected
    assert {("R301", SMALL), ("R302", "R-PER-04"), ("R303", SAME), ("R305", "R-PER-06")} <= found(calibration)
    assert ("R311", "R-PER-06") in found(calibration)  # 1, 2 and 3 four times each, so quantiles coincide
    assert read_document(tmp_path / "q.yaml").record == calibration.record
    calibrated = calibration.record.calibration
    assert calibrated is not None
    assert (calibrated.method, calibrated.entities, len(calibrated.inputs)) == ("quantile", COUNT, COUNT + 1)
    outcome = score(
        [baseline / "in"],
        ScoreOptions(
            entities=baseline / "list.csv", reference=tmp_path / "q.yaml", measurements=("results",)
        ),
    )
    marks = [
        outcome.index.node(row, "results", "R-PER-04").score
        for row in sorted(outcome.index.rows, key=lambda row: row.entity.code)
    ]
    assert marks == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]


def test_deviations_warn_of_a_long_tail(baseline: Path, tmp_path: Path) -> None:
    calibration = made(baseline, tmp_path / "sd.csv", CutMethod.SD)
    # mean 65; squares 100 (5.5^2 + ... ) = 100 * 143; s = sqrt(14300 / 11) = sqrt(1300)
    middle = cuts(calibration, "R-PER-04")
    assert middle[2] == 65
    assert float(middle[3]) == pytest.approx(65 + 1300**0.5, abs=1e-8)
    assert ("R304", "R-PER-06") in found(calibration)
    page = calibration.report.read_text(encoding="utf-8")
    assert page.count("<circle") == sum(len(one.sample.values) for one in calibration.ranges)
    assert "R-PER-08 tiene valores de 9 entidades" in page


def test_groups_are_calibrated_beside_the_country(baseline: Path, tmp_path: Path) -> None:
    calibration = made(baseline, tmp_path / "g.yaml", CutMethod.QUANTILE, by="size")
    groups = {(one.item, one.group) for one in calibration.record.ranges}
    assert ("R-PER-04", "big") in groups
    assert ("R-PER-04", "small") not in groups  # one entity
    assert cuts(calibration, "R-PER-04", "big") != cuts(calibration, "R-PER-04")
    with pytest.raises(JobError) as caught:
        made(baseline, tmp_path / "h.yaml", CutMethod.QUANTILE, by="zone")
    assert [each.code.id for each in caught.value.diagnostics] == ["R220"]


def test_goals_need_no_sample(tmp_path: Path) -> None:
    goals = tmp_path / "goals.csv"
    goals.write_text(
        "indicador;piso;meta\nR-PER-04;40;100\nR-PER-06;30,5;0,5\nR-PER-05;0;9\nR-PER-01;x;1\nR-1;1;2\n",
        encoding="utf-8",
    )
    reading = ReadingOptions(questionnaire=MODEL)
    calibration = calibrate([], tmp_path / "g.yaml", CalibrationOptions(CutMethod.GOAL, reading, goals))
    assert cuts(calibration, "R-PER-04") == (50, 60, 70, 80, 90)
    # from 30.5 down to 0.5, lower is better: steps of 5
    assert cuts(calibration, "R-PER-06") == tuple(map(Decimal, ("5.5", "10.5", "15.5", "20.5", "25.5")))
    lines = {(each.code.id, each.location.line) for each in calibration.diagnostics}
    assert lines == {("R308", 4), ("R307", 5), ("R205", 6)}


@pytest.mark.parametrize(
    ("text", "code"), [("item,floor\nR-PER-04,1\n", "R306"), ("item,floor,goal\n", "R310")]
)
def test_goals_that_say_nothing_stop_the_job(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "goals.csv").write_text(text, encoding="utf-8")
    status, _, said = cti(
        *("reference", "calibrate", "--method", "goal", "--goals", str(tmp_path / "goals.csv")),
        *("-q", MODEL, "-o", str(tmp_path / "r.yaml")),
    )
    assert (status, code in said) == (2, True)
    assert not (tmp_path / "r.yaml").exists()


def test_the_command_needs_a_sample_or_goals(baseline: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "r.yaml")
    assert cti("reference", "calibrate", "-o", out)[0] == 2
    status, _, said = cti("reference", "calibrate", "--method", "goal", "-q", MODEL, "-o", out)
    assert (status, "R309" in said) == (2, True)
    given = (str(baseline / "in"), "--entities", str(baseline / "list.csv"), "-o", out)
    assert cti("reference", "calibrate", *given)[0] == 1  # R301 is an error, and all else was done
    assert cti("reference", "calibrate", *given)[0] == 2  # the file is in the way
    results = score(
        [baseline / "in"], ScoreOptions(entities=baseline / "list.csv", measurements=("results",))
    ).write(tmp_path / "out")
    again = str(tmp_path / "again.yaml")
    assert cti("reference", "calibrate", str(results), "-o", again, "--id", "x", "--version", "2.0.0")[0] == 1
    first, second = (read_document(tmp_path / name).record for name in ("r.yaml", "again.yaml"))
    assert first is not None
    assert second is not None
    assert first.ranges == second.ranges


def test_goals_are_read_like_all_numbers(tmp_path: Path) -> None:
    goals = tmp_path / "goals.csv"
    goals.write_text("item;floor;goal\nR-PER-04;0,5;85,25\nR-PER-14;+1;1.234,5\n", encoding="utf-8")
    read = read_goals(goals, ["R-PER-04", "R-PER-14"])
    ends = {item: (str(one.floor), str(one.goal)) for item, one in read.by_item.items()}
    assert ends == {"R-PER-04": ("0.5", "85.25"), "R-PER-14": ("1", "1234.5")}
    said = [(each.code.id, each.parameters["number"]) for each in read.diagnostics]
    assert said == [("R425", "1"), ("R425", "1234.5")]
