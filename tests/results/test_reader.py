from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from answered import answered, scored
from builders import answers as entity_answers
from builders import item, mini, number_scale, tree
from builders import written as number
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Code, Severity
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.language.findings import Wording, wording
from ctimaturity.model.assessment import Assessment
from ctimaturity.results.folder import ResultSettings, write_results
from ctimaturity.results.manifest import json_bytes, sha256
from ctimaturity.results.reader import StoredResults, read_results
from ctimaturity.results.table import legible
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import IndexRow


def written(folder: Path, assessment: Assessment | None = None, **settings: str) -> Path:
    assessment = assessment or answered()
    write_results(folder / "out", assessment, ResultSettings(**settings))  # type: ignore[arg-type]
    return folder / "out"


def problems(out: Path) -> list[tuple[Code, str, int | None, int | None]]:
    with pytest.raises(JobError) as caught:
        read_results(out)
    return [
        (
            each.code,
            each.location.file.removeprefix(f"{out.as_posix()}/"),
            each.location.line,
            each.location.column,
        )
        for each in caught.value.diagnostics
    ]


def replaced(out: Path, name: str, old: str, new: str, *, signed: bool = True) -> None:
    """Change a file of the results; signed, the manifest says that this is how it was written."""
    text = (out / name).read_bytes().decode()
    assert old in text
    data = text.replace(old, new, 1).encode()
    (out / name).write_bytes(data)
    if signed:
        sign(out, name)


def sign(out: Path, *names: str, **fields: object) -> None:
    """Make a manifest that says that all of this is as it was written."""
    record = json.loads((out / "manifest.json").read_bytes()) | fields
    record["outputs"] |= {name: sha256((out / name).read_bytes()) for name in names}
    record.pop("manifest_hash")
    (out / "manifest.json").write_bytes(json_bytes(record | {"manifest_hash": sha256(json_bytes(record))}))


def same_answers(one: EntityAnswers, other: EntityAnswers) -> bool:
    """Equal in everything that counts; a name is written legibly, `listed` is left behind."""
    assert replace(one.entity, listed=False, name=legible(one.entity.name)) == other.entity
    assert dict(one.responses) == dict(other.responses)
    assert one.tallies.keys() == other.tallies.keys()
    for measurement, survey in one.tallies.items():
        again = other.tallies[measurement]
        np.testing.assert_array_equal(survey.counts, again.counts)
        np.testing.assert_array_equal(survey.respondents, again.respondents)
        assert (survey.segments, survey.items, survey.options) == (again.segments, again.items, again.options)
        assert survey.covariances == again.covariances
        assert survey.source == again.source
    return (one.refused, one.files) == (other.refused, other.files)


@pytest.mark.parametrize("dialect", ["standard", "excel-es"])
def test_the_folder_alone_gives_the_same_scores_bit_by_bit(tmp_path: Path, dialect: str) -> None:
    assessment = scored()
    stored = read_results(written(tmp_path, assessment, dialect=dialect))
    again = score(
        stored.questionnaire,
        tuple(stored.answers.values()),
        measurements=stored.manifest.measurements,
        results_basis=stored.manifest.results_basis,
        groupings=stored.manifest.groupings,
    )
    table = assessment.index.table
    for name in ("score", "low", "high", "coverage", "excluded", "weight_effective"):
        assert getattr(again.table, name).tobytes() == getattr(table, name).tobytes(), name
    for name in ("level", "staged_level", "n"):
        np.testing.assert_array_equal(getattr(again.table, name), getattr(table, name))
    assert again.table.state == table.state
    assert [legible_row(row) for row in again.rows] == [legible_row(row) for row in assessment.index.rows]
    assert len({row.status for row in again.rows}) > 1


def legible_row(row: IndexRow) -> IndexRow:
    """A row with the name as it is written down."""
    return replace(row, entity=replace(row.entity, name=legible(row.entity.name)))


@pytest.mark.parametrize("dialect", ["standard", "excel-es"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_everything_comes_back(tmp_path: Path, dialect: str, language: str) -> None:
    assessment = answered()
    stored = read_results(written(tmp_path, dialect=dialect, language=language))
    assert stored.questionnaire == assessment.questionnaire
    assert list(stored.answers) == [row.entity.code for row in assessment.index.rows]
    for code, answers in assessment.answers.items():
        assert same_answers(answers, stored.answers[code])
    assert stored.diagnostics == assessment.diagnostics
    assert stored.reference is None
    manifest = stored.manifest
    assert manifest.options == assessment.options
    assert manifest.inputs == assessment.inputs
    assert manifest.measurements == assessment.index.measurements
    assert (manifest.results_basis, manifest.groupings) == ("auto", ("region",))
    assert manifest.awaited == {"90010": "Monte <Claro>", "90011": ""}


def test_written_again_from_what_was_read_it_is_the_same(tmp_path: Path) -> None:
    assessment = answered()
    first = written(tmp_path / "one", assessment)
    stored: StoredResults = read_results(first)
    again = replace(assessment, answers=stored.answers, diagnostics=stored.diagnostics)
    second = written(tmp_path / "two", again)
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_a_finding_of_an_unknown_code_keeps_its_words(tmp_path: Path) -> None:
    newer = Code("Z999", "from-the-future", Severity.NOTE, ("of {what}", "do {{this}}"))
    finding = Diagnostic(newer, Location("a.xlsx"), {"what": "tomorrow {1}"})
    out = written(tmp_path, replace(answered(), diagnostics=(finding,)))
    (stored,) = read_results(out).diagnostics
    assert (stored.code.id, stored.code.name, stored.severity) == ("Z999", "from-the-future", Severity.NOTE)
    assert wording(stored, "en") == Wording("of tomorrow {1}", "do {this}")
    assert stored.parameters == finding.parameters


def test_a_value_that_a_range_cannot_mark_is_read_back_as_written(tmp_path: Path) -> None:
    # Under the basis `range` without reference ranges every indicator counts as no data.
    assessment = answered()
    by_range = replace(assessment, index=replace(assessment.index, results_basis="range"))
    out = written(tmp_path, by_range)
    assert "R-1,no_data,,-12.5" in (out / "answers.csv").read_text(encoding="utf-8")
    stored = read_results(out)
    assert stored.answers["90001"].responses["R-1"] == assessment.answers["90001"].responses["R-1"]


def test_answers_on_a_scale_of_numbers_come_back(tmp_path: Path) -> None:
    definition = tree(item("a"), item("b"), scales={"s": number_scale(-100, 100)})
    answers = entity_answers("90001", {"a": number("-37.50"), "b": number("0.000001")})
    assessment = Assessment(definition, {"90001": answers}, score(definition, [answers]), (), {}, {})
    for dialect in ("standard", "excel-es"):
        stored = read_results(written(tmp_path / dialect, assessment, dialect=dialect))
        assert dict(stored.answers["90001"].responses) == dict(answers.responses)


def test_a_number_that_is_none_on_a_scale_of_numbers(tmp_path: Path) -> None:
    definition = tree(item("a"), scales={"s": number_scale(-100, 100)})
    answers = entity_answers("90001", {"a": number("-37.50")})
    assessment = Assessment(definition, {"90001": answers}, score(definition, [answers]), (), {}, {})
    out = written(tmp_path, assessment)
    replaced(out, "answers.csv", "-37.50", "much")
    assert problems(out) == [(codes.RESULT_VALUE_UNREADABLE, "answers.csv", 2, 8)]


def test_a_reference_comes_back_byte_by_byte(tmp_path: Path) -> None:
    assessment = answered()
    write_results(tmp_path / "out", assessment, reference=b'{"ranges":[]}')
    assert read_results(tmp_path / "out").reference == b'{"ranges":[]}'


def test_an_index_without_entities_is_read(tmp_path: Path) -> None:
    assessment = answered()
    nobody = replace(
        assessment,
        answers={},
        index=replace(assessment.index, rows=()),
        diagnostics=(),
    )
    assert read_results(written(tmp_path, nobody)).answers == {}


def test_a_survey_without_answers_stays_a_survey(tmp_path: Path) -> None:
    from builders import tallies

    definition = mini()
    assessment = answered()
    code = assessment.index.rows[0].entity.code
    empty = tallies(definition, {"academia": {}})
    entity = assessment.index.rows[0].entity
    out = written(
        tmp_path,
        replace(assessment, answers={**assessment.answers, code: entity_answers(entity, {}, [empty])}),
    )
    survey = read_results(out).answers[code].tallies["perception"]
    assert survey.counts.sum() == 0
    assert survey.respondents.tolist() == [0]


class TestWhatIsNotAFolderOfResults:
    def test_a_folder_without_manifest(self, tmp_path: Path) -> None:
        assert problems(tmp_path) == [(codes.NOT_A_RESULT_FOLDER, tmp_path.as_posix(), None, None)]

    def test_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x", encoding="utf-8")
        assert problems(tmp_path / "file")[0][0] is codes.NOT_A_RESULT_FOLDER

    @pytest.mark.parametrize(
        ("data", "line", "column"),
        [
            pytest.param(b'{"tool": "ctimaturity",\n oops', 2, 2, id="no-json"),
            pytest.param(b"", 1, 1, id="empty"),
            pytest.param(b'{"tool": "\xff"}', None, None, id="no-text"),
            pytest.param(b"[" + b"9" * 10_000 + b"]", None, None, id="number-without-end"),
            pytest.param(b"[" * 100_000, None, None, id="too-deep"),
        ],
    )
    def test_a_manifest_that_is_broken(
        self, tmp_path: Path, data: bytes, line: int | None, column: int | None
    ) -> None:
        out = written(tmp_path)
        (out / "manifest.json").write_bytes(data)
        assert problems(out) == [(codes.MANIFEST_BROKEN, "manifest.json", line, column)]

    def test_a_manifest_of_another_version(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        replaced(out, "manifest.json", '"schema": 1', '"schema": 2, "more": 1', signed=False)
        assert {problem[0] for problem in problems(out)} == {codes.MANIFEST_UNKNOWN}

    def test_a_manifest_changed_by_hand(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        replaced(out, "manifest.json", '"results_basis": "auto"', '"results_basis": "self"', signed=False)
        assert problems(out) == [(codes.RESULT_FILE_CHANGED, "manifest.json", None, None)]

    def test_a_measurement_that_the_definition_does_not_have(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        sign(out, measurements=["capacities", "happiness"])
        with pytest.raises(JobError) as caught:
            read_results(out)
        (finding,) = caught.value.diagnostics
        assert finding.code is codes.MANIFEST_UNKNOWN
        assert finding.parameters == {"field": "measurements.1"}

    def test_a_survey_in_the_manifest_without_one_of_its_segments(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        sources = json.loads((out / "manifest.json").read_bytes())["sources"]
        del sources["90001"]["surveys"]["perception"]["respondents"]["academia"]
        sign(out, sources=sources)
        found = problems(out)
        assert {each[:2] for each in found} == {(codes.RESULT_VALUE_UNREADABLE, "tallies.csv")}


class TestFilesMissingOrChanged:
    @pytest.mark.parametrize(
        "name",
        ["definition.json", "index.csv", "answers.csv", "tallies.csv", "covariances.csv", "findings.csv"],
    )
    def test_a_missing_file(self, tmp_path: Path, name: str) -> None:
        out = written(tmp_path)
        (out / name).unlink()
        assert problems(out) == [(codes.RESULT_FILE_MISSING, name, None, None)]

    def test_results_without_tables_say_each_that_is_missing(self, tmp_path: Path) -> None:
        out = written(tmp_path, tables=False)  # type: ignore[arg-type]
        assert {name for _, name, _, _ in problems(out)} == {
            "index.csv",
            "answers.csv",
            "tallies.csv",
            "covariances.csv",
            "findings.csv",
        }

    def test_a_changed_answer_is_never_scored_in_silence(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        replaced(out, "answers.csv", "C-1-b,answered,,,,0", "C-1-b,answered,,,,1", signed=False)
        assert problems(out) == [(codes.RESULT_FILE_CHANGED, "answers.csv", None, None)]

    def test_a_changed_definition_is_not_read(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        replaced(out, "definition.json", '"edition":"1"', '"edition":"2"', signed=False)
        assert problems(out) == [(codes.RESULT_FILE_CHANGED, "definition.json", None, None)]

    def test_a_changed_file_and_its_broken_cell_are_both_said(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        replaced(out, "tallies.csv", "academia,P-1,1,", "academia,P-1,9,", signed=False)
        found = problems(out)
        assert [each[:2] for each in found] == [
            (codes.RESULT_FILE_CHANGED, "tallies.csv"),
            (codes.RESULT_VALUE_UNREADABLE, "tallies.csv"),
        ]


class TestBrokenTables:
    def test_not_utf8(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        (out / "findings.csv").write_bytes((out / "findings.csv").read_bytes() + b"\xff\n")
        sign(out, "findings.csv")
        assert [each[:2] for each in problems(out)] == [(codes.RESULT_TABLE_BROKEN, "findings.csv")]

    def test_a_row_with_a_cell_too_many(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        replaced(out, "index.csv", "\n1,90001,", "\n1,90001,,")
        assert problems(out) == [(codes.RESULT_TABLE_BROKEN, "index.csv", 2, None)]

    def test_a_quotation_mark_that_is_not_closed(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        replaced(out, "findings.csv", "\nlibros/90009.xlsx", '\n"libros/90009.xlsx')
        assert [each[:3] for each in problems(out)] == [(codes.RESULT_TABLE_BROKEN, "findings.csv", 2)]

    @pytest.mark.parametrize("name", ["index.csv", "answers.csv", "tallies.csv", "covariances.csv"])
    def test_a_column_that_is_not_there(self, tmp_path: Path, name: str) -> None:
        out = written(tmp_path)
        replaced(out, name, "entity_code", "codigo")
        assert problems(out) == [(codes.RESULT_COLUMN_MISSING, name, 1, None)]

    def test_an_empty_file_lacks_every_column(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        (out / "covariances.csv").write_bytes(b"")
        sign(out, "covariances.csv")
        assert {each[0] for each in problems(out)} == {codes.RESULT_COLUMN_MISSING}

    def test_columns_that_are_not_known_are_passed_over(self, tmp_path: Path) -> None:
        out = written(tmp_path)
        text = (out / "covariances.csv").read_text(encoding="utf-8")
        (out / "covariances.csv").write_text(text.replace("\n", ",x\n"), encoding="utf-8")
        sign(out, "covariances.csv")
        assert read_results(out).answers


ANSWER = "90001,capacities,C-1-b,answered,,,,0,"
PARAMETERS = '"{""item"": ""x"", ""options"": ""1""}"'
INDICATOR = "90001,results,R-1,answered,,-12.5,0.1,3,3,4,criterion,percent,2019,"


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        pytest.param("index.csv", ",ranked,", ",first,", "status", id="status"),
        pytest.param("index.csv", ",1200,", ",-1200,", "population:academia", id="population"),
        pytest.param("answers.csv", ANSWER, ANSWER.replace("90001", "99999"), "entity_code", id="entity"),
        pytest.param("answers.csv", ANSWER, ANSWER.replace("C-1-b", "C-1-z"), "item", id="item"),
        pytest.param("answers.csv", ANSWER, ANSWER.replace("capac", "apac"), "measurement", id="measurement"),
        pytest.param("answers.csv", ANSWER, ANSWER.replace("answered", "maybe"), "state", id="state"),
        pytest.param("answers.csv", ANSWER, ANSWER.replace(",0,", ",7,"), "mark", id="mark"),
        pytest.param("answers.csv", INDICATOR, INDICATOR.replace("-12.5", "12,5x"), None, id="cells"),
        pytest.param("answers.csv", INDICATOR, INDICATOR.replace("-12.5", "nan"), "value", id="value"),
        pytest.param("answers.csv", INDICATOR, INDICATOR.replace("-12.5", "1e9999"), "value", id="exponent"),
        pytest.param("answers.csv", INDICATOR, INDICATOR.replace("-12.5", "1_2"), "value", id="underscore"),
        pytest.param("answers.csv", INDICATOR, INDICATOR.replace("2019", "9" * 5000), "year", id="no-year"),
        pytest.param("answers.csv", INDICATOR, INDICATOR.replace("0.1", "abc"), "value_before", id="before"),
        pytest.param(
            "answers.csv", INDICATOR, INDICATOR.replace("3,3,4", "3,9,4"), "criterion", id="criterion"
        ),
        pytest.param(
            "answers.csv", INDICATOR, INDICATOR.replace("3,3,4", "3,3,9"), "own_mark", id="own-mark"
        ),
        pytest.param("answers.csv", INDICATOR, INDICATOR.replace("2019", "MMXIX"), "year", id="year"),
        pytest.param(
            "tallies.csv", "90001,academia,P-1", "90002,academia,P-1", "entity_code", id="no-survey"
        ),
        pytest.param("tallies.csv", "90001,academia,P-1", "90001,nadie,P-1", "segment", id="segment"),
        pytest.param("tallies.csv", "90001,academia,P-1", "90001,academia,C-1-a", "item", id="no-statement"),
        pytest.param("tallies.csv", ",academia,P-1,1,", ",academia,P-1,uno,", "option", id="option"),
        pytest.param(
            "covariances.csv", "academia,P-1,P-1", "nadie,P-1,P-1", "segment", id="covariance-segment"
        ),
        pytest.param("covariances.csv", "academia,P-1,P-1", "academia,P-9,P-1", "node_a", id="node-a"),
        pytest.param("covariances.csv", "academia,P-1,P-1", "academia,P-1,P-9", "node_b", id="node-b"),
        pytest.param(
            "covariances.csv", "perception", "capacities", "measurement", id="covariance-measurement"
        ),
        pytest.param(
            "findings.csv", "A203,answer-out-of-scale,error", "Z203,x,grave", "severity", id="severity"
        ),
        pytest.param(
            "findings.csv", '"{""item"": ""x"", ""options"": ""1""}"', "[1]", "parameters", id="list"
        ),
        pytest.param("findings.csv", '"{""item"": ""C-1-a""', '"[""C-1-a""', "parameters", id="parameters"),
    ],
)
def test_a_value_that_cannot_stand_there(
    tmp_path: Path, name: str, old: str, new: str, column: str | None
) -> None:
    out = written(tmp_path)
    header = (out / name).read_text(encoding="utf-8").partition("\n")[0].split(",")
    replaced(out, name, old, new)
    expected = (
        (codes.RESULT_TABLE_BROKEN, name, None)
        if column is None
        else (codes.RESULT_VALUE_UNREADABLE, name, header.index(column) + 1)
    )
    assert [(code, file, place) for code, file, _, place in problems(out)] == [expected]


def test_a_count_that_is_no_number(tmp_path: Path) -> None:
    out = written(tmp_path)
    text = (out / "tallies.csv").read_text(encoding="utf-8")
    (out / "tallies.csv").write_text(text[:-2] + "x\n", encoding="utf-8")
    sign(out, "tallies.csv")
    assert problems(out) == [(codes.RESULT_VALUE_UNREADABLE, "tallies.csv", text.count("\n"), 5)]


@pytest.mark.parametrize("name", ["index.csv", "answers.csv", "tallies.csv", "covariances.csv"])
def test_a_row_given_twice_names_the_earlier_line(tmp_path: Path, name: str) -> None:
    out = written(tmp_path)
    text = (out / name).read_text(encoding="utf-8")
    second = text.split("\n")[1]
    (out / name).write_text(f"{text}{second}\n", encoding="utf-8")
    sign(out, name)
    with pytest.raises(JobError) as caught:
        read_results(out)
    (finding,) = caught.value.diagnostics
    assert finding.code is codes.RESULT_ROW_DOUBLE
    assert finding.parameters == {"line": 2}
    assert finding.location.line == text.count("\n") + 1
