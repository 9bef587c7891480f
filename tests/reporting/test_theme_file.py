from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.reporting.index_document import index_html
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.reporting.theme_file import read_theme
from invented import assessment

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)


def test_a_theme_is_seen_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (tmp_path / "theme.yaml").write_text(
        'logo: logo.svg\nlogo_text: Escudo\ncontact: <b>Oficina</b>\ncolours: {light: {accent: "#401060"}}\n',
        "utf-8",
    )
    theme, doubts = read_theme(tmp_path)
    html = index_html(assessment(), PROVENANCE, "es", theme)
    assert doubts == ()
    assert 'src="data:image/svg+xml;base64,' in html
    assert "&lt;b&gt;Oficina&lt;/b&gt;" in html
    assert "--accent:#401060" in html


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param("footer: a\ncolor: b\n", codes.THEME_KEY_UNKNOWN, 2, id="unknown-key"),
        pytest.param("colours:\n  light: {ink: red}\n", codes.THEME_VALUE_WRONG, 2, id="no-colour"),
        pytest.param('levels: {light: ["#112233"]}\n', codes.THEME_VALUE_WRONG, 1, id="one-level"),
        pytest.param("logo: ../secreto.png\n", codes.LOGO_UNUSABLE, 1, id="logo-outside"),
    ],
)
def test_mistakes_have_their_line(tmp_path: Path, text: str, code: Code, line: int) -> None:
    (tmp_path / "theme.yaml").write_text(text, "utf-8")
    with pytest.raises(JobError) as caught:
        read_theme(tmp_path)
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.location.line) == (code, line)


def test_colours_that_cannot_be_read_are_a_warning(tmp_path: Path) -> None:
    (tmp_path / "theme.yaml").write_text('colours: {light: {muted: "#eeeeee"}}\n', "utf-8")
    _, (doubt,) = read_theme(tmp_path)
    assert doubt.code is codes.CONTRAST_LOW


def test_a_folder_without_a_theme(tmp_path: Path) -> None:
    with pytest.raises(JobError) as caught:
        read_theme(tmp_path)
    assert [each.code for each in caught.value.diagnostics] == [codes.THEME_NOT_FOUND]


@pytest.mark.parametrize(
    ("template", "line"),
    [
        pytest.param("a\n{% if %}\n", 2, id="syntax"),
        pytest.param("a\n\n{{ view.nothing_of_the_kind }}\n", 3, id="unknown-variable"),
        pytest.param("{{ 1 // 0 }}\n", 1, id="arithmetic"),
        pytest.param("{{ ''.__class__.__mro__ }}\n", 1, id="sandbox"),
    ],
)
def test_a_broken_template_has_its_file_and_line(tmp_path: Path, template: str, line: int) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "index.html.j2").write_text(template, "utf-8")
    theme, _ = read_theme(tmp_path)
    with pytest.raises(JobError) as caught:
        index_html(assessment(), PROVENANCE, "es", theme)
    (finding,) = caught.value.diagnostics
    assert finding.code is codes.TEMPLATE_BROKEN
    assert finding.location.file.endswith("templates/index.html.j2")
    assert finding.location.line == line
