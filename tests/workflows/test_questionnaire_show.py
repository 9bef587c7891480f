"""A definition shown as a tree with weights, and as a booklet."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from ctimaturity.workflows.questionnaire_show import definition_of
from small_definition import SMALL
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


class Words(HTMLParser):
    """The texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def test_the_tree_as_text(small: Path) -> None:
    status, stdout, stderr = cti("questionnaire", "show", str(small), "--lang", "en")
    assert (status, stderr) == (0, "")
    lines = stdout.splitlines()
    assert lines[0] == "library-check@v1 0.1.0: Check of a library"
    # 0.01 of 2.01; half of it; 3 of 4.
    assert (
        "  practice  Practice  [weight 0.01; share of the index 0.50%; weighted mean (each part rescaled to"
        " 0.00–100.00); scale 0.00–100.00]" in lines
    )
    exit_line = "      fire-exit  There is a fire exit  [weight 3; share of the index 0.19%; scale 0.00–1.00]"
    assert exit_line in lines
    assert (
        "  figures  Figures  [weight 1; share of the index 49.75%; lowest part, over all items below; "
        "scale 1.00–3.00]"
    ) in lines
    assert "    service  Service  [weight 1; share of the index –; median; scale 1.00–3.00]" in lines


def test_the_tree_speaks_spanish_in_documents() -> None:
    stdout = cti("questionnaire", "show", "mmmctic@2020-04", "-f", "md")[1]
    assert "- **C-18** " in stdout
    # A third of the index, a fifth of it, and one of three.
    assert "parte del índice 2,22 %; puntos que se cumplen" in stdout
    html = MarkdownIt().render(stdout)
    # The index, three measurements, and all below them: an entry for each place, none lost to the depth.
    definition = definition_of("mmmctic@2020-04")
    nodes = sum(len(measurement.nodes) for measurement in definition.questionnaire.measurements)
    assert html.count("<li>") == 4 + 1 + nodes + 346


def test_the_tree_as_data(small: Path) -> None:
    record = json.loads(cti("questionnaire", "show", str(small), "-f", "json")[1])
    assert (record["id"], record["edition"], record["items"]) == ("library-check", "v1", 7)
    assert re.fullmatch(r"[0-9a-f]{64}", record["scoring_hash"])
    tree = {(one["measurement"], one["id"]): one for one in record["tree"]}
    exit_ = tree["practice", "fire-exit"]
    assert exit_["weight_effective"] == pytest.approx(0.01 / 2.01 / 2 * 3 / 4, abs=1e-15)
    assert (exit_["kind"], exit_["parent"], exit_["depth"], exit_["answer_scale"]) == (
        "item",
        "house",
        3,
        "done",
    )
    # house is a sum: 3 x [0, 1] + 1 x [0, 1].
    house = tree["practice", "house"]
    assert (house["rule"], house["scale_min"], house["scale_max"]) == ("sum", 0.0, 4.0)
    assert tree["figures", "service"]["weight_effective"] is None


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_booklets_have_every_text_that_is_read(tmp_path: Path, language: str) -> None:
    files = [tmp_path / "b.md", tmp_path / "b.html"]
    arguments = [part for file in files for part in ("--booklet", str(file))]
    status, stdout, _ = cti("questionnaire", "show", "mmmctic@2020-04", *arguments, "--lang", language)
    assert (status, stdout) == (0, "")
    markdown = " ".join(Words(MarkdownIt().render(files[0].read_text(encoding="utf-8"))).found)
    page = " ".join(Words(files[1].read_text(encoding="utf-8")).found)
    questionnaire = definition_of("mmmctic@2020-04").questionnaire
    wanted = [
        text[language]
        for item in questionnaire.item_by_id.values()
        for text in (item.text, item.definition, item.help, item.evidence, item.note)
        if text
    ]
    wanted += [node.title[language] for one in questionnaire.measurements for node in one.nodes]
    wanted += [option.label[language] for scale in questionnaire.scales.values() for option in scale.options]
    named = (*questionnaire.segments, *questionnaire.no_data_reasons, *questionnaire.entity_types)
    wanted += [entry.label[language] for entry in named]
    wanted += [
        one.confirm_blank.statement[language] for one in questionnaire.measurements if one.confirm_blank
    ]
    for shown in (" ".join(markdown.split()), " ".join(page.split())):
        assert [text for text in wanted if " ".join(text.split()) not in shown] == []
        assert all(name in shown for name in questionnaire.item_by_id)


def test_a_booklet_escapes_what_it_is_given(small: Path, tmp_path: Path) -> None:
    small.write_text(SMALL.replace("There is a ramp", '"<script>alert(1)</script> [x](y)"'), encoding="utf-8")
    for name in ("b.md", "b.html"):
        file = tmp_path / name
        assert cti("questionnaire", "show", str(small), "--booklet", str(file), "--quiet") == (0, "", "")
        text = file.read_text(encoding="utf-8")
        html = MarkdownIt().render(text) if name == "b.md" else text
        assert "<script" not in html
        assert 'href="y"' not in html


def test_what_is_missing_or_misspelt_is_not_done(tmp_path: Path) -> None:
    status, stdout, stderr = cti("questionnaire", "show", "mmmctic@2020-05")
    assert (status, stdout) == (2, "")
    assert "mmmctic@2020-04" in stderr
    assert cti("questionnaire", "show", "mmmctic@2020-04", "--booklet", str(tmp_path / "b.docx"))[0] == 2
    assert list(tmp_path.iterdir()) == []
