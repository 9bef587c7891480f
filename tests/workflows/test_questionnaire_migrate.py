"""A returned workbook taken over into another version: read back from the new file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from builders import answered, answers, everyone, indicator, mini, no_data
from ctimaturity.definitions.library import read_definition
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.canonical import canonical_json, definition_hash
from ctimaturity.model.crosswalk import Fate, Why
from ctimaturity.model.response import Response, State
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.copies import content
from ctimaturity.workflows.questionnaire_migrate import MigrationRequest, migrate_workbook
from definition_edits import edited, item, node, put
from returned import ANSWERS, INDICATORS, book, read, who
from returned import edited as changed
from returned import put as put_cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.returned import ReturnedWorkbook
    from ctimaturity.workflows.questionnaire_migrate import Migration

GIVEN = {
    "C-1-a": Response(State.ANSWERED, option="1", evidence="acta 12", observation="vista"),
    "C-1-b": answered("0"),
    "C-2-c": answered("1"),
    "R-1": indicator("3", "4", "12.5"),
    "R-2": no_data(),
}
PEOPLE = [
    ("academia", {"P-1": "2", "P-2": "NS", "P-4": "6"}),
    ("sector-publico", {"P-1": "5", "P-3": "1"}),
    ("", {"P-1": "1"}),
]


class Case:
    """A workbook of one definition, and another definition, in files."""

    def __init__(self, folder: Path, edit: Callable[[dict[str, Any]], object], **made: Any) -> None:
        self.folder = folder
        self.new = edited(edit).model_copy(update={"version": "1.1.0"})
        self.old_path, self.new_path = (
            self._file(name, each) for name, each in (("old", mini()), ("new", self.new))
        )
        self.workbook = folder / "devuelto.xlsx"
        self.workbook.write_bytes(book(**{"entity": who("05001"), **made}))

    def _file(self, name: str, questionnaire: Questionnaire) -> str:
        path = self.folder / f"{name}.json"
        path.write_bytes(canonical_json(questionnaire))
        return str(path)

    def migrate(self, out: str = "nuevo.xlsx", **request: Any) -> Migration:
        wanted = MigrationRequest(**{"to": self.new_path, "source": self.old_path, **request})
        return migrate_workbook(self.workbook, self.folder / out, wanted)

    def read_back(self, migration: Migration) -> ReturnedWorkbook:
        return read(migration.target.read_bytes(), self.new)


def unchanged(_: dict[str, Any]) -> None:
    """Only the version is another."""


def one_more(written: dict[str, Any]) -> None:
    more = item(written, "C-1-c") | {"id": "C-1-d", "level": 4, "weight": "4"}
    node(written, "C-1")["items"].append(more)
    statement = item(written, "P-4") | {"id": "P-5"}
    node(written, "empleo")["items"].append(statement)


@pytest.mark.parametrize("edit", [unchanged, one_more])
@pytest.mark.parametrize("perception", ["list", "grid"])
def test_unchanged_items_are_carried_without_loss(
    tmp_path: Path, perception: str, edit: Callable[[dict[str, Any]], None]
) -> None:
    case = Case(tmp_path, edit, answers=answers(who("05001"), GIVEN), perception=perception, people=PEOPLE)
    before, after = read(case.workbook.read_bytes()), case.read_back(case.migrate())
    assert {name: content(each) for name, each in after.responses.items() if name in before.responses} == {
        name: content(each) for name, each in before.responses.items()
    }
    assert after.responses["C-1-a"].evidence == "acta 12"
    old, new = before.surveys[0], after.surveys[0]
    assert new.segments == old.segments
    assert new.respondents.tolist() == old.respondents.tolist()
    shared = [new.items.index(name) for name in old.items]
    assert (new.counts[:, shared] == old.counts).all()
    assert {finding.severity for finding in after.diagnostics} <= {"warning", "note"}


def test_counts_stay_counts(tmp_path: Path) -> None:
    survey = everyone(mini(), {"P-1": 2, "P-2": 3, "P-3": 4, "P-4": 5})
    case = Case(tmp_path, one_more, answers=answers(who("05001"), {}, [survey]), perception="counts")
    done = case.migrate()
    (after,) = case.read_back(done).surveys
    assert after.items == ("P-1", "P-2", "P-3", "P-5", "P-4")
    # Fifteen people of each segment said 2 to the first; nobody was asked P-5.
    assert after.counts[:, 0, 1].tolist() == [15, 15, 15, 15]
    assert after.counts[:, 3, :-2].sum() == 0
    assert [(each.item, each.fate) for each in done.passages if each.fate is Fate.NEW] == [
        ("C-1-d", Fate.NEW),
        ("P-5", Fate.NEW),
    ]


def test_the_new_workbook_says_what_it_is_and_who_answers(tmp_path: Path) -> None:
    cover = {keys.ROUND: "2026", keys.SIGNED_BY: "Ana", keys.DATE: "2026-03-01", keys.CONTACT: "mesa"}
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN), cover=cover)
    after = case.read_back(case.migrate())
    assert after.identity.version == "1.1.0"
    assert after.identity.definition_hash == definition_hash(case.new)
    assert after.identity.entity_code == "05001"
    texts = {key: after.cover.text(key) for key in (keys.ROUND, keys.SIGNED_BY, keys.DATE, keys.CONTACT)}
    assert texts == {keys.ROUND: "2026", keys.SIGNED_BY: "", keys.DATE: "", keys.CONTACT: "mesa"}
    assert read_definition(tmp_path / "new.json").version == "1.1.0"


def test_another_round_and_language_may_be_asked_for(tmp_path: Path) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN))
    after = case.read_back(case.migrate(round_label="2027", language="en"))
    assert (after.identity.round, after.identity.language) == ("2027", "en")


def test_a_workbook_for_anyone_keeps_what_its_cover_says(tmp_path: Path) -> None:
    cover = {keys.ENTITY_CODE: "05001", keys.ENTITY_NAME: "Medellín"}
    case = Case(tmp_path, unchanged, entity=None, answers=answers(who("05001"), GIVEN), cover=cover)
    after = case.read_back(case.migrate())
    assert after.identity.entity_code == ""
    assert (after.cover.text(keys.ENTITY_CODE), after.cover.text(keys.ENTITY_NAME)) == ("05001", "Medellín")


def test_a_part_stays_a_part(tmp_path: Path) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN), parts=("capacities",))
    after = case.read_back(case.migrate())
    assert after.issued == {"capacities"}
    assert set(after.responses) == {"C-1-a", "C-1-b", "C-2-c"}


def test_confirmed_blanks_are_written_out_and_nothing_new_is_confirmed(tmp_path: Path) -> None:
    cover = {f"{keys.CONFIRM_BLANK}capacities": "Sí"}
    case = Case(tmp_path, one_more, answers=answers(who("05001"), {"C-1-a": "1"}), cover=cover)
    after = case.read_back(case.migrate())
    assert after.confirmed == frozenset()
    options = {name: each.option for name, each in after.responses.items()}
    # Six lines were asked, one of them marked; the seventh was not asked.
    assert options == {"C-1-a": "1", **dict.fromkeys(["C-1-b", "C-1-c", "C-2-a", "C-2-b", "C-2-c"], "0")}


def test_what_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN))
    case.workbook.write_bytes(changed(case.workbook.read_bytes(), put_cell(ANSWERS, "C-1-b", "answer", "9")))
    done = case.migrate()
    assert [(each.item, each.why) for each in done.passages if each.fate is Fate.LEFT_OUT] == [
        ("C-1-b", Why.UNREADABLE)
    ]
    assert "C-1-b" not in case.read_back(done).responses
    assert "A203" in {finding.code.id for finding in done.diagnostics}


def test_what_cannot_exist_for_the_entity_is_left_out(tmp_path: Path) -> None:
    case = Case(
        tmp_path,
        lambda w: put(item(w, "R-1"), "applies_to", ["gobernacion"]),
        answers=answers(who("05001"), GIVEN),
    )
    done = case.migrate()
    left_out = [each for each in done.passages if each.fate is Fate.LEFT_OUT]
    assert {(each.item, each.why) for each in left_out} == {("R-1", Why.ENTITY)}
    assert "R-1" not in case.read_back(done).responses
    assert all(each.item != "R-4" for each in done.passages)  # only for a gobernación, before and after


def test_the_source_is_only_read(tmp_path: Path) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN))
    before = case.workbook.read_bytes()
    case.migrate()
    assert case.workbook.read_bytes() == before


@pytest.mark.parametrize("force", [False, True])
def test_the_source_is_never_replaced(tmp_path: Path, *, force: bool) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN))
    before = case.workbook.read_bytes()
    with pytest.raises(JobError) as caught:
        case.migrate("devuelto.xlsx", force=force)
    assert [finding.code.name for finding in caught.value.diagnostics] == ["source-is-target"]
    assert case.workbook.read_bytes() == before


def test_a_folder_gets_a_file_of_the_same_name_and_an_existing_one_needs_force(tmp_path: Path) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN))
    (tmp_path / "out").mkdir()
    assert case.migrate("out").target == tmp_path / "out" / "devuelto.xlsx"
    with pytest.raises(JobError) as caught:
        case.migrate("out")
    assert [finding.code.name for finding in caught.value.diagnostics] == ["template-already-there"]
    assert case.migrate("out", force=True).target.exists()


def test_a_name_without_ending_gets_one(tmp_path: Path) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN))
    assert case.migrate("nuevo").target.name == "nuevo.xlsx"


def test_the_same_definition_is_nothing_to_migrate_to(tmp_path: Path) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), GIVEN))
    with pytest.raises(JobError) as caught:
        case.migrate(to=case.old_path)
    assert [finding.code.name for finding in caught.value.diagnostics] == ["nothing-to-migrate"]


def test_another_instrument_has_no_crosswalk(tmp_path: Path) -> None:
    case = Case(tmp_path, lambda w: put(w, "id", "other"), answers=answers(who("05001"), GIVEN))
    with pytest.raises(JobError) as caught:
        case.migrate()
    assert [finding.code.name for finding in caught.value.diagnostics] == ["no-crosswalk"]


def test_a_folder_is_not_taken_over(tmp_path: Path) -> None:
    with pytest.raises(JobError) as caught:
        migrate_workbook(tmp_path, tmp_path / "x.xlsx", MigrationRequest("mmmctic@2020-04"))
    assert [finding.code.name for finding in caught.value.diagnostics] == ["one-workbook-only"]


def test_a_missing_or_foreign_file_is_said(tmp_path: Path) -> None:
    for name, data in (("none.xlsx", None), ("text.xlsx", b"not a workbook")):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(JobError):
            migrate_workbook(tmp_path / name, tmp_path / "x.xlsx", MigrationRequest("mmmctic@2020-04"))
    assert not (tmp_path / "x.xlsx").exists()


def test_figures_are_carried_digit_by_digit(tmp_path: Path) -> None:
    case = Case(tmp_path, unchanged, answers=answers(who("05001"), {"R-1": indicator(value="0.1")}))
    change = put_cell(INDICATORS, "R-1", "value", 1234567.25)
    case.workbook.write_bytes(changed(case.workbook.read_bytes(), change))
    after = case.read_back(case.migrate())
    assert str(after.responses["R-1"].value) == "1234567.25"


def test_the_new_workbook_opens_in_another_reader(tmp_path: Path) -> None:
    case = Case(tmp_path, one_more, answers=answers(who("05001"), GIVEN), people=PEOPLE)
    workbook = openpyxl.load_workbook(case.migrate().target)
    assert "_cti" in workbook.sheetnames
