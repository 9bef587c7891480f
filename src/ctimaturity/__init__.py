"""Score maturity questionnaires and publish a ranked index that can be trusted.

What this module lists in `__all__` is the public interface; all of it is typed. Each name is
imported when it is first used, so that `import ctimaturity` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ctimaturity._version import __version__

if TYPE_CHECKING:
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.diagnostics.errors import JobError
    from ctimaturity.interface import (
        compare,
        explain,
        load_questionnaire,
        new_round,
        roadmap,
        round_status,
        score,
        template,
        validate,
    )
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index
    from ctimaturity.reporting.explanation import Explanation
    from ctimaturity.workflows.compare import Compared
    from ctimaturity.workflows.outcome import Outcome
    from ctimaturity.workflows.roadmap import Roadmaps
    from ctimaturity.workflows.round_new import NewRound
    from ctimaturity.workflows.round_status import RoundStatus
    from ctimaturity.workflows.template import Templates
    from ctimaturity.workflows.validate import Validation

_PLACES = {
    "Compared": "ctimaturity.workflows.compare",
    "Diagnostic": "ctimaturity.diagnostics.diagnostic",
    "Explanation": "ctimaturity.reporting.explanation",
    "Index": "ctimaturity.model.score",
    "JobError": "ctimaturity.diagnostics.errors",
    "NewRound": "ctimaturity.workflows.round_new",
    "Outcome": "ctimaturity.workflows.outcome",
    "Questionnaire": "ctimaturity.model.questionnaire",
    "Roadmaps": "ctimaturity.workflows.roadmap",
    "RoundStatus": "ctimaturity.workflows.round_status",
    "Templates": "ctimaturity.workflows.template",
    "Validation": "ctimaturity.workflows.validate",
    "compare": "ctimaturity.interface",
    "explain": "ctimaturity.interface",
    "load_questionnaire": "ctimaturity.interface",
    "new_round": "ctimaturity.interface",
    "roadmap": "ctimaturity.interface",
    "round_status": "ctimaturity.interface",
    "score": "ctimaturity.interface",
    "template": "ctimaturity.interface",
    "validate": "ctimaturity.interface",
}

__all__ = [
    "Compared",
    "Diagnostic",
    "Explanation",
    "Index",
    "JobError",
    "NewRound",
    "Outcome",
    "Questionnaire",
    "Roadmaps",
    "RoundStatus",
    "Templates",
    "Validation",
    "__version__",
    "compare",
    "explain",
    "load_questionnaire",
    "new_round",
    "roadmap",
    "round_status",
    "score",
    "template",
    "validate",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
