"""Tables whose row of column ids is gone: found by their item ids and visible headers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.language.folding import folded
from ctimaturity.workbook.column import ITEM, TEXT
from ctimaturity.workbook.marker import Form, Marker
from ctimaturity.workbook.reading.table import FORMS, Table, Word, by_header, columns_of, decisive, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.workbook.reading.report import Report


def unmarked_tables(
    workbook: Workbook,
    questionnaire: Questionnaire,
    texts_of: Mapping[str, list[Word]],
    found: list[Table],
    issued: Mapping[str, str],
    report: Report,
) -> list[Table]:
    """The tables on sheets without a marker; of a measurement that has one elsewhere, too.

    A sheet that was copied and lost its row of column ids may be the one that was filled.

    Args:
        workbook: The workbook.
        questionnaire: Its definition.
        texts_of: The texts of each sheet, by its name.
        found: The tables that have a marker.
        issued: Name of each sheet in the template, by its marker.
        report: Takes the findings.

    Returns:
        The tables, each with a note.
    """
    taken = {table.sheet.name for table in found}
    tables = []
    for measurement in questionnaire.measurements:
        for sheet in workbook.sheets:
            if sheet.name not in taken:
                table = _Search(questionnaire, measurement, sheet, texts_of[sheet.name], issued).table(report)
                if table is not None:
                    report.add(codes.COLUMNS_BY_HEADER, sheet.name)
                    tables.append(table)
    return tables


class _Search:
    """One measurement looked for on one sheet."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        measurement: Measurement,
        sheet: Sheet,
        words: list[Word],
        issued: Mapping[str, str],
    ) -> None:
        self.questionnaire = questionnaire
        self.measurement = measurement
        self.sheet = sheet
        self.words = words
        self.issued = {name: marker for marker, name in issued.items()}
        ids = {folded(item.id) for item in measurement.items}
        self.ids = [word for word in words if folded(word.text) in ids]

    def table(self, report: Report) -> Table | None:
        if not self.ids:
            return None
        for form in FORMS[self.measurement.collects]:
            table = self._grid(report) if form is Form.GRID else self._rows(form, report)
            if table is not None:
                return table
        return None

    def _rows(self, form: Form, report: Report) -> Table | None:
        """Items as rows: their ids in one column, the headers in the row that has most of them."""
        item_column, _ = Counter(word.column for word in self.ids).most_common(1)[0]
        marker = self._marker(form)
        expected = [column for column in columns_of(self.questionnaire, marker) if column.id != ITEM]
        named = list(by_header(expected, (word for word in self.words if word.column != item_column)))
        wanted = set(decisive(expected))
        rows = Counter(word.row for name, word in named if name in wanted or name == TEXT)
        if not rows or not wanted & {name for name, _ in named}:
            return None
        header, _ = rows.most_common(1)[0]
        last = max(row for row, _ in self.sheet.cells)
        columns = numbered(
            self.sheet, ((name, word) for name, word in named if word.row == header), (header, last), report
        )
        return Table(self.sheet, marker, header, item_column, columns, last)

    def _grid(self, report: Report) -> Table | None:
        """Items as columns: the row with most of their ids names the columns."""
        different = {(word.row, folded(word.text)) for word in self.ids}
        header, count = Counter(row for row, _ in sorted(different)).most_common(1)[0]
        if count == 1 and len(self.measurement.items) > 1:
            return None
        expected = columns_of(self.questionnaire, Marker(self.measurement.id, Form.GRID))
        last = max(row for row, _ in self.sheet.cells)
        named = by_header(expected, (word for word in self.words if word.row == header))
        columns = numbered(self.sheet, named, (header, last), report)
        item_column = columns.pop(ITEM, 0)
        return Table(self.sheet, Marker(self.measurement.id, Form.GRID), header, item_column, columns, last)

    def _marker(self, form: Form) -> Marker:
        """The marker the sheet had: by its name in the template, else a counted segment by its label."""
        known = Marker.read(self.issued.get(self.sheet.name, ""))
        if known is not None and known.form is form and known.measurement == self.measurement.id:
            return known
        if form is not Form.COUNTS:
            return Marker(self.measurement.id, form)
        title = folded(" ".join([self.sheet.name, *(word.text for word in self.words[:1])]))
        segment = next(
            (
                segment.id
                for segment in self.questionnaire.segments
                if any(folded(label) in title for label in segment.label.values())
            ),
            "",
        )
        return Marker(self.measurement.id, form, segment)
