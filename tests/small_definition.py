"""Another person's small instrument in YAML: one file, other rules than the bundled one's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.load import load_questionnaire
from ctimaturity.diagnostics.errors import JobError

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire

SMALL = """\
schema: 1
id: library-check
edition: v1
version: 0.1.0
title: {en: Check of a library}
languages: [en]
scales:
  stars:
    options:
      - {code: 1, points: 1, label: {en: Poor}}
      - {code: 2, points: 2, label: {en: Fair}}
      - {code: 3, points: 3, label: {en: Good}}
    not_applicable: {code: NA, label: {en: Not applicable}}
  done:
    options:
      - {code: no, points: 0, label: {en: Not done}}
      - {code: yes, points: 1, label: {en: Done}}
  share:
    range: {minimum: 0, maximum: 100}
segments:
  - {id: readers, label: {en: Readers}}
  - {id: staff, label: {en: Staff}}
no_data_reasons:
  - {id: unknown, label: {en: Not known}}
entity_types:
  - {id: public, label: {en: Public}}
  - {id: private, label: {en: Private}}
units:
  - {id: percent, label: {en: Per cent}, plausible: {minimum: 0, maximum: 100}}
nodes:
  service: {title: {en: Service}, definition: {en: What readers get}}
measurements:
  - id: practice
    title: {en: Practice}
    collects: answers
    blanks: worst
    not_applicable: {policy: credit, credit: 1}
    confirm_blank: {option: no, statement: {en: What is not marked is not done}}
    rule: mean
    normalise: {method: goalposts, minimum: 0, maximum: 100, goalposts: {house: {minimum: 0, maximum: 4}}}
    gates:
      - {node: fire-exit, equals: 0, cap_score: 50}
      - {node: house, below: 2, cap_level: 1}
    levels:
      bounds: [0, 30, 100]
      side: lower
      names: [{name: {en: Low}}, {name: {en: High}}]
    item_defaults: {scale: done}
    kinds:
      - {id: area, levels: }
    tree:
      - id: house
        title: {en: House}
        rule: sum
        items:
          - {id: fire-exit, text: {en: There is a fire exit}, weight: 3}
          - {id: ramp, text: {en: There is a ramp}, applies_to: [public]}
      - id: care
        title: {en: Care}
        rule: staged
        met_at: 1
        items:
          - {id: catalogue, text: {en: There is a catalogue}, level: 1}
          - {id: online, text: {en: It is online}, level: 2}
  - id: opinion
    title: {en: Opinion}
    collects: respondents
    blanks: exclude
    respondents:
      min_respondents: {value: 5, below: provisional}
      max_segment_share: {value: 0.8, above: provisional}
    rule: geometric
    item_defaults: {scale: stars}
    kinds:
      - {id: area, rule: power, exponent: 2, min_coverage: [{value: 0.5, below: display}]}
    tree:
      - id: service
        items:
          - {id: friendly, text: {en: The staff is friendly}}
          - {id: slow, text: {en: Waiting takes long}, reverse: true}
  - id: figures
    title: {en: Figures}
    collects: indicators
    blanks: worst
    results_basis: auto
    range_scale: stars
    max_age: 2
    rule: min
    over: items
    item_defaults: {scale: stars, unit: percent, direction: higher_is_better}
    kinds: [{id: area, rule: median}]
    tree:
      - id: service
        items:
          - {id: loans, text: {en: Loans}, plausible: {maximum: 500}}
profile:
  kind: area
  measurements: [opinion, figures]
  rule: mean
index:
  title: {en: Library index}
  rule: sum
  weights: {practice: 0.01, opinion: 1, figures: 1}
  harmonised: {minimum: 0, maximum: 1}
  levels:
    parts: 2
    side: upper
    lowest: open
    below: {en: Nothing}
    names: [{name: {en: A}}, {name: {en: B}}]
"""


def load_small(folder: Path, text: str = SMALL) -> Questionnaire:
    """The questionnaire that a text defines."""
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return load_questionnaire(path)


def findings(folder: Path, text: str) -> list[Diagnostic]:
    """What is found wrong with a text."""
    try:
        load_small(folder, text)
    except JobError as error:
        return list(error.diagnostics)
    return []


def changed(old: str, new: str) -> str:
    """The small definition with a change."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def line_of(text: str, snippet: str) -> int:
    """The line, counted from 1, in which a snippet first stands."""
    return text[: text.index(snippet)].count("\n") + 1
