"""From a folder of files to the answers of each entity."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from builders import answers, everyone, mini, mini_answers
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.language.findings import wording
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.entity import EntityCodes
from ctimaturity.model.response import State
from ctimaturity.workflows import returned_files
from ctimaturity.workflows.identification import ReadFile
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.reading import ReadRound, common_definition, read_all
from returned import ANSWERS, book, edited, names_of, on_cover, put, sheet_of, who

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook import Workbook


def second_cover(value: str, key: str = "entity_code") -> Callable[[Workbook], None]:
    """Somebody copies the cover of another entity's workbook into this one."""

    def change(workbook: Workbook) -> None:
        copy = workbook.copy_worksheet(sheet_of(workbook, "cti:cover"))
        on_cover(key, value, copy.title)(workbook)

    return change


def second_hidden(code: str) -> Callable[[Workbook], None]:
    """Somebody moves all sheets of another entity's workbook into this one."""

    def change(workbook: Workbook) -> None:
        copy = workbook.copy_worksheet(workbook["_cti"])
        row = next(row for row in range(1, copy.max_row + 1) if copy.cell(row, 1).value == "entity_code")
        copy.cell(row, 2).value = code

    return change


FULL = {f"C-{number}-{letter}": 1 for number in (1, 2) for letter in "abc"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for workbooks, beside the definition that they follow."""
    (tmp_path / "mini.json").write_bytes(canonical_json(mini()))
    made = tmp_path / "returned"
    made.mkdir()
    return made


def read(folder: Path, **options: object) -> ReadRound:
    asked = str(folder.parent / "mini.json")
    return read_all([folder], ReadingOptions(questionnaire=asked, jobs=1, **options))  # type: ignore[arg-type]


def found(reading: ReadRound) -> list[tuple[str, str]]:
    return [(finding.code.name, finding.location.file) for finding in reading.diagnostics]


def test_each_entity_with_all_it_answered(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(book(mini_answers(who("05001"))))
    (folder / "b.xlsx").write_bytes(book(mini_answers(who("05"), 3), perception="counts"))
    reading = read(folder)
    assert reading.questionnaire == mini()
    assert list(reading.answers) == ["05", "05001"]
    antioquia = reading.answers["05"]
    assert (antioquia.entity.name, antioquia.entity.type, antioquia.refused) == (
        "Antioquia",
        "gobernacion",
        False,
    )
    assert antioquia.responses["R-4"].criterion == "3"
    assert antioquia.tallies["perception"].respondents.tolist() == [15, 15, 15, 15]
    assert antioquia.files == ("b.xlsx",)
    assert "R-4" not in reading.answers["05001"].responses
    assert found(reading) == [("entity-name-differs", "a.xlsx")] * 0 + [("not-applicable-answered", "a.xlsx")]


def test_inputs_are_known_by_their_digest(folder: Path) -> None:
    import hashlib

    data = book(answers(who("05001"), FULL))
    (folder / "a.xlsx").write_bytes(data)
    assert dict(read(folder).inputs) == {"a.xlsx": hashlib.sha256(data).hexdigest()}


def test_one_bad_workbook_harms_no_other(folder: Path) -> None:
    good = book(answers(who("05001"), FULL))
    (folder / "a.xlsx").write_bytes(good)
    bad = edited(book(answers(who("76001"), FULL)), put(ANSWERS, "C-1-a", "answer", 9))
    (folder / "b.xlsx").write_bytes(bad)
    (folder / "c.xlsx").write_bytes(good[:2000])
    (folder / "d.xlsx").write_bytes(book(answers(who(""), FULL)))
    reading = read(folder)
    assert {code: one.refused for code, one in reading.answers.items()} == {"05001": False, "76001": True}
    assert ("answer-out-of-scale", "b.xlsx") in found(reading)
    assert ("entity-code-missing", "d.xlsx") in found(reading)
    assert "c.xlsx" in {file for _, file in found(reading)}


def test_three_people_send_three_copies(folder: Path) -> None:
    survey = everyone(mini(), {"P-1": 3, "P-2": 3, "P-3": 3, "P-4": 3})
    for name, part in (
        ("a", answers(who("05001"), FULL)),
        ("b", answers(who("05001"), {}, [survey])),
        ("c", answers(who("05001"), {"R-1": mini_answers().responses["R-1"]})),
    ):
        (folder / f"{name}.xlsx").write_bytes(book(part, perception="counts"))
    reading = read(folder)
    one = reading.answers["05001"]
    assert len(one.responses) == 7
    assert one.tallies["perception"].respondents.sum() == 60
    assert not one.refused
    assert len(one.files) == 3
    assert found(reading) == [("copies-united", "a.xlsx")]


def test_contradicting_copies_are_refused_until_settled(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(book(answers(who("05001"), FULL)))
    other = {**FULL, "C-1-a": 0}
    (folder / "b.xlsx").write_bytes(book(answers(who("05001"), other)))
    refused = read(folder)
    assert refused.answers["05001"].refused
    assert [name for name, _ in found(refused)] == [
        "copies-united",
        "answers-contradict",
        "answers-contradict",
    ]
    kept = read(folder, keep=str(folder / "b.xlsx"))
    assert not kept.answers["05001"].refused
    assert kept.answers["05001"].responses["C-1-a"].option == "0"
    nobody = read(folder, keep="none")
    assert not nobody.answers["05001"].refused
    assert nobody.answers["05001"].responses["C-1-a"].state is State.BLANK


HELD = {
    # Two workbooks, of which the second says a second entity, edition, version, language or round.
    "code of a neighbour": (on_cover("entity_code", "05001"), "entity-of-another-template"),
    "name of a neighbour": (on_cover("entity_name", "Alcaldía de Medellín"), "entity-name-of-another"),
    "cover of another edition": (on_cover("questionnaire", "mini@2"), "identity-contradicts"),
    "cover of another version": (on_cover("version", "1.0.1"), "identity-contradicts"),
    "cover of another draft": (on_cover("definition", "0123456789ab"), "identity-contradicts"),
    "cover of another language": (on_cover("language", "en"), "identity-contradicts"),
    "cover of another round": (on_cover("round", "2024"), "identity-contradicts"),
    "cover of a neighbour beside its own": (second_cover("05001"), "two-entities"),
    "hidden sheet of a neighbour": (second_hidden("05001"), "two-entities"),
}


@pytest.mark.parametrize("form", HELD)
def test_a_workbook_of_two_is_held_apart_and_harms_nobody(folder: Path, form: str) -> None:
    """It is neither united with what its cover's entity has sent, nor refuses it, nor is it scored."""
    change, name = HELD[form]
    own = book(answers(who("05001"), FULL), entity=who("05001"), made_for_round="2026")
    (folder / "a.xlsx").write_bytes(own)
    other = book(answers(who("76001"), {**FULL, "C-1-a": 0}), entity=who("76001"), made_for_round="2026")
    (folder / "b.xlsx").write_bytes(edited(other, change))
    reading = read(folder)
    assert found(reading)[0] == (name, "b.xlsx")
    assert {file for _, file in found(reading)} == {"b.xlsx"}
    assert {code: (one.refused, one.files) for code, one in reading.answers.items()} == {
        "05001": (False, ("a.xlsx",))
    }
    assert reading.answers["05001"].responses["C-1-a"].option == "1"


def test_a_second_cover_of_the_same_entity_refuses_that_entity(folder: Path) -> None:
    data = book(answers(who("05001"), FULL), entity=who("05001"))
    (folder / "a.xlsx").write_bytes(edited(data, second_cover("Gobernación", "entity_type")))
    (folder / "b.xlsx").write_bytes(edited(data, second_cover("5001")))
    reading = read(folder)
    assert ("covers-contradict", "a.xlsx") in found(reading)
    assert "b.xlsx" not in {file for name, file in found(reading) if name == "two-entities"}
    assert reading.answers["05001"].refused


def test_a_kept_workbook_counts_as_its_cover_says(folder: Path) -> None:
    for change, name, code in (
        (on_cover("entity_code", "05001"), "entity-codes-disagree", "05001"),
        (on_cover("language", "en"), "identity-kept", "76001"),
    ):
        mixed = edited(book(answers(who("76001"), FULL), entity=who("76001")), change)
        (folder / "b.xlsx").write_bytes(mixed)
        reading = read(folder, keep="b.xlsx")
        assert [one for one in found(reading) if one[0] != "entity-name-differs"] == [(name, "b.xlsx")]
        assert {code: one.refused for code, one in reading.answers.items()} == {code: False}


def test_a_workbook_of_another_round_is_held_apart(folder: Path) -> None:
    for code, label in (("05001", "Ronda 2026"), ("05002", "2024"), ("05004", "")):
        (folder / f"{code}.xlsx").write_bytes(book(answers(who(code), FULL), made_for_round=label))
    reading = read(folder, round_label="2026")
    assert ("other-round", "05002.xlsx") in found(reading)
    assert list(reading.answers) == ["05001", "05004"]
    kept = read(folder, round_label="2026", keep="05002.xlsx")
    assert ("round-kept", "05002.xlsx") in found(kept)
    assert list(kept.answers) == ["05001", "05002", "05004"]


def test_workbooks_of_different_rounds_are_named_where_no_round_is_asked_for(folder: Path) -> None:
    for code, label in (("05001", "2026"), ("05002", "2024")):
        (folder / f"{code}.xlsx").write_bytes(book(answers(who(code), FULL), made_for_round=label))
    mixed = [each for each in read(folder).diagnostics if each.code.name == "rounds-mixed"]
    assert [dict(each.parameters) for each in mixed] == [{"rounds": "2024 (1); 2026 (1)"}]
    assert "rounds-mixed" not in dict(found(read(folder, round_label="2026")))


def test_a_round_typed_on_the_cover_is_told_with_care(folder: Path) -> None:
    for label, name in (("2024", "round-differs"), ("Primer semestre 2026", ""), ("piloto", "")):
        data = book(answers(who("05001"), FULL), cover={"round": label})
        (folder / "a.xlsx").write_bytes(data)
        reading = read(folder, round_label="2026")
        assert found(reading) == ([(name, "a.xlsx")] if name else []), label
        assert not reading.answers["05001"].refused
    data = book(answers(who("05001"), FULL), made_for_round="piloto", cover={"round": "2024"})
    (folder / "a.xlsx").write_bytes(data)
    assert found(read(folder, round_label="2026")) == [("round-differs", "a.xlsx")]


def test_copies_of_two_rounds_are_never_united(folder: Path) -> None:
    for name, label, given in (("a", "2024", FULL), ("b", "2026", {**FULL, "C-1-a": 0})):
        (folder / f"{name}.xlsx").write_bytes(book(answers(who("05001"), given), made_for_round=label))
    reading = read(folder)
    assert reading.answers["05001"].refused
    assert ("copies-of-two-rounds", "b.xlsx") in found(reading)
    kept = read(folder, keep="b.xlsx")
    assert [each for each in found(kept) if each[0] != "rounds-mixed"] == [("copy-left-out", "a.xlsx")]
    assert not kept.answers["05001"].refused
    assert kept.answers["05001"].responses["C-1-a"].option == "0"
    asked = read(folder, round_label="2024")
    assert found(asked) == [("other-round", "b.xlsx")]
    assert asked.answers["05001"].responses["C-1-a"].option == "1"


def test_codes_of_a_foreign_model_are_its_own(folder: Path) -> None:
    """`05-ward-five.xlsx` is of ward five, not of Antioquia; 5001 is not Medellín."""
    own = mini().model_copy(update={"entity_codes": EntityCodes.OWN})
    (folder.parent / "mini.json").write_bytes(canonical_json(own))
    for code, name in (("05", "Ward five"), ("5001", "Ward 5001")):
        cover = {"entity_code": code, "entity_name": name}
        given = answers(who(""), {**FULL, "C-1-a": int(code == "05")})
        (folder / f"{code}-ward.xlsx").write_bytes(book(given, questionnaire=own, cover=cover))
    reading = read(folder)
    assert {code: one.entity.name for code, one in reading.answers.items()} == {
        "05": "Ward five",
        "5001": "Ward 5001",
    }
    assert found(reading) == []


def test_a_list_is_read_with_the_codes_of_the_questionnaire(folder: Path) -> None:
    own = mini().model_copy(update={"entity_codes": EntityCodes.OWN})
    (folder.parent / "mini.json").write_bytes(canonical_json(own))
    listed = folder.parent / "entities.csv"
    listed.write_text("code,name\n05,\n88001,Ward\n", "utf-8")
    (folder / "a.xlsx").write_bytes(
        book(answers(who(""), FULL), questionnaire=own, cover={"entity_code": "05"})
    )
    reading = read(folder, entities=listed)
    assert [(one.entity.code, one.entity.name) for one in reading.answers.values()] == [("05", "05")]
    assert list(reading.awaited) == ["88001"]


def test_a_kept_file_must_be_one_of_them(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(book(answers(who("05001"), FULL)))
    with pytest.raises(JobError) as caught:
        read(folder, keep="b.xlsx")
    assert names_of(caught.value.diagnostics) == ["keep-unknown"]


def test_the_same_file_twice_counts_once(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(book(answers(who("05001"), FULL)))
    shutil.copy(folder / "a.xlsx", folder / "z.xlsx")
    reading = read(folder)
    assert found(reading) == [("identical-copy", "z.xlsx")]
    assert reading.answers["05001"].files == ("a.xlsx",)


def test_a_blank_template_that_was_returned(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(book(cover={"entity_code": "05001"}))
    reading = read(folder)
    assert found(reading) == [("nothing-answered", "a.xlsx")]
    assert not reading.answers["05001"].refused


def test_a_list_of_entities_says_who_is_awaited(folder: Path) -> None:
    listed = folder.parent / "entities.csv"
    listed.write_text(
        "code,name,type,region\n1,Puerto Niebla,alcaldia,Costa\n2,Valle Hondo,gobernacion,Sierra\n", "utf-8"
    )
    (folder / "a.xlsx").write_bytes(book(answers(who("1", "Puerto Niebla"), FULL)))
    reading = read(folder, entities=listed)
    one = reading.answers["1"].entity
    assert (one.name, one.type, dict(one.groups), one.listed) == (
        "Puerto Niebla",
        "alcaldia",
        {"region": "Costa"},
        True,
    )
    assert {code: awaited.name for code, awaited in reading.awaited.items()} == {"2": "Valle Hondo"}
    assert found(reading) == []


def test_a_list_among_the_workbooks_is_none_of_them(folder: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "lista.xlsx") as listed:
        listed.add_worksheet().write_column(0, 0, ["code", "05001", "05002"])
    (folder / "a.xlsx").write_bytes(book(answers(who("05001"), FULL)))
    reading = read(folder, entities=folder / "lista.xlsx")
    assert found(reading) == []
    assert set(reading.inputs) == {"a.xlsx", "lista.xlsx"}
    assert list(reading.awaited) == ["05002"]


def test_a_list_with_mistakes_ends_the_job(folder: Path) -> None:
    listed = folder.parent / "entities.csv"
    listed.write_text("code,type\n1,pueblo\n1,alcaldia\n,alcaldia\n", "utf-8")
    (folder / "a.xlsx").write_bytes(book(answers(who("1", "Puerto Niebla"), FULL)))
    with pytest.raises(JobError) as caught:
        read(folder, entities=listed)
    assert names_of(caught.value.diagnostics) == [
        "list-type-unknown",
        "list-code-twice",
        "list-code-missing",
    ]


def test_segments_of_a_list_are_those_of_the_questionnaire(folder: Path) -> None:
    listed = folder.parent / "entities.csv"
    listed.write_text("code,population:iglesia\n1,30\n", "utf-8")
    (folder / "a.xlsx").write_bytes(book(answers(who("1", "Puerto Niebla"), FULL)))
    with pytest.raises(JobError) as caught:
        read(folder, entities=listed)
    assert names_of(caught.value.diagnostics) == ["list-segment-unknown"]


def test_a_missing_path_ends_the_job(tmp_path: Path) -> None:
    with pytest.raises(JobError) as caught:
        read_all([tmp_path / "nowhere"])
    assert names_of(caught.value.diagnostics) == ["path-missing"]


def test_a_folder_without_workbooks_ends_the_job(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nada")
    with pytest.raises(JobError) as caught:
        read_all([tmp_path])
    assert "no-workbook" in names_of(caught.value.diagnostics)


def test_workbooks_of_another_definition_are_refused(folder: Path) -> None:
    """With -q the others are listed as refused, each with the way out."""
    other = mini().model_copy(update={"edition": "2", "id": "other"})
    (folder.parent / "other.json").write_bytes(canonical_json(other))
    (folder / "a.xlsx").write_bytes(book(answers(who("05001"), FULL)))
    reading = read_all([folder], ReadingOptions(questionnaire=str(folder.parent / "other.json"), jobs=1))
    assert [name for name, _ in found(reading)] == ["definition-unknown"]
    assert reading.answers["05001"].refused


def test_jobs_change_nothing(folder: Path) -> None:
    for number, code in enumerate(["05001", "05002", "05004", "05021", "05030"]):
        data = book(
            answers(who(code), {**FULL, "C-1-a": number % 2}),
            people=[("academia", {"P-1": "3"})],
        )
        (folder / f"{code}.xlsx").write_bytes(data)
    asked = str(folder.parent / "mini.json")
    one, two = (read_all([folder], ReadingOptions(questionnaire=asked, jobs=jobs)) for jobs in (1, 2))
    assert list(one.answers) == list(two.answers)
    assert [dict(a.responses) for a in one.answers.values()] == [
        dict(a.responses) for a in two.answers.values()
    ]
    assert one.diagnostics == two.diagnostics
    assert dict(one.inputs) == dict(two.inputs)


def test_progress_is_reported(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(book(answers(who("05001"), FULL)))
    steps: list[tuple[int, int]] = []
    read_all(
        [folder],
        ReadingOptions(questionnaire=str(folder.parent / "mini.json")),
        lambda done, total: steps.append((done, total)),
    )
    assert steps == [(1, 1)]


def test_the_order_of_the_paths_changes_nothing(folder: Path) -> None:
    for code in ("05001", "05002"):
        (folder / f"{code}.xlsx").write_bytes(book(answers(who(code), FULL)))
    asked = ReadingOptions(questionnaire=str(folder.parent / "mini.json"), jobs=1)
    paths = sorted(folder.iterdir())
    there, back = read_all(paths, asked), read_all(paths[::-1], asked)
    assert list(there.answers) == list(back.answers)
    assert there.diagnostics == back.diagnostics


def test_definitions_that_cannot_be_ranked_together_end_the_job() -> None:
    other = mini().model_copy(update={"edition": "2"})
    files = [ReadFile(name, definition=each) for name, each in (("a", mini()), ("b", mini()), ("c", other))]
    with pytest.raises(JobError) as caught:
        common_definition(files, ReadingOptions(), ())
    assert names_of(caught.value.diagnostics) == ["definitions-differ"] * 2
    assert [dict(finding.parameters) for finding in caught.value.diagnostics] == [
        {"count": 1, "definition": "mini@2"},
        {"count": 2, "definition": "mini@1"},
    ]


def test_versions_that_differ_in_words_are_read_together() -> None:
    mended = mini().model_copy(update={"version": "1.10.0", "title": {"es": "Otro", "en": "Another"}})
    files = [ReadFile("a", definition=mini()), ReadFile("b", definition=mended)]
    assert common_definition(files, ReadingOptions(), ()).version == "1.10.0"


def test_the_bundled_questionnaire_is_found_by_what_the_workbooks_say(tmp_path: Path) -> None:
    definition = Library().find("mmmctic@2020-04")
    data = book(answers(who("05001"), {"C-01-a": 1}), questionnaire=definition)
    (tmp_path / "a.xlsx").write_bytes(data)
    reading = read_all([tmp_path])
    assert reading.questionnaire.key == "mmmctic@2020-04"
    assert reading.answers["05001"].responses["C-01-a"].option == "1"
    assert found(reading) == [("blanks-unconfirmed", "a.xlsx")]


def test_a_fault_on_one_workbook_is_a_finding_on_it_and_costs_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("a.xlsx", "05001"), ("b.xlsx", "05002")):
        (folder / name).write_bytes(book(answers(who(code), FULL)))
    whole = returned_files.read_returned
    for fault, code in ((KeyError("juan"), "reading-broke"), (MemoryError(), "file-needs-too-much-memory")):

        def reads(name: str, *rest: Any, fault: Exception = fault, **more: Any) -> object:
            if name == "b.xlsx":
                raise fault
            return whole(name, *rest, **more)

        monkeypatch.setattr(returned_files, "read_returned", reads)
        reading = read(folder)
        assert list(reading.answers) == ["05001"]
        assert (code, "b.xlsx") in found(reading)
        told = [wording(finding, "en").message for finding in reading.diagnostics]
        assert not any("juan" in message for message in told), told
        (folder / "a.xlsx").rename(folder.parent / "a.xlsx")  # alone it is a fault on it all the same
        assert (code, "b.xlsx") in found(read(folder))
        (folder.parent / "a.xlsx").rename(folder / "a.xlsx")


def test_a_fault_on_every_workbook_and_the_example_is_said_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (folder / f"{number}.xlsx").write_bytes(book(answers(who("05001"), {"C-1-a": number % 2})))
    faults = [
        (AttributeError("no such thing"), "tool-broken", "AttributeError in reads, line "),
        (MemoryError(), "not-even-the-example", ""),
        (
            ImportError("cannot import name 'x' from 'y' (/home/z/y.py)"),
            "tool-broken",
            "cannot import name 'x'",
        ),
    ]
    for jobs in (1, 2):
        for fault, code, reason in faults:

            def reads(*_given: Any, fault: Exception = fault, **_more: Any) -> object:
                raise fault

            monkeypatch.setattr(returned_files, "read_returned", reads)
            with pytest.raises(JobError) as caught:
                read_all([folder], ReadingOptions(questionnaire=str(folder.parent / "mini.json"), jobs=jobs))
            (finding,) = caught.value.diagnostics
            assert (finding.code.name, finding.location.file) == (code, "")
            said = str(finding.parameters["reason"])
            assert said.startswith(reason), said
            assert "/home" not in said


def test_two_editions_are_never_ranked_together(tmp_path: Path) -> None:
    library = Library()
    for code, key in (("05001", "mmmctic@2020-04"), ("05002", "mmmctic@2021-11")):
        definition = library.find(key)
        first = definition.measurements[0].items[0]
        option = definition.scales[first.scale].options[0].code
        data = book(answers(who(code), {first.id: option}), questionnaire=definition)
        (tmp_path / f"{code}.xlsx").write_bytes(data)
    with pytest.raises(JobError) as caught:
        read_all([tmp_path], ReadingOptions(jobs=1))
    differ = [dict(d.parameters) for d in caught.value.diagnostics if d.code.name == "definitions-differ"]
    assert differ == [
        {"count": 1, "definition": "mmmctic@2020-04"},
        {"count": 1, "definition": "mmmctic@2021-11"},
    ]
    chosen = read_all([tmp_path], ReadingOptions(questionnaire="mmmctic@2020-04", jobs=1))
    assert {code: one.refused for code, one in chosen.answers.items()} == {"05001": False, "05002": True}
    (other,) = [finding for finding in chosen.diagnostics if finding.severity == "error"]
    assert (other.code.name, other.location.file) == ("other-definition", "05002.xlsx")
    assert wording(other, "en").hint == (
        "move its answers with: cti questionnaire migrate 05002.xlsx --to mmmctic@2020-04 -o NEW.xlsx"
    )
