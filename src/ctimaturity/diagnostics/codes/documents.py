"""D1xx: themes; D2xx: documents that cannot be made."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

TEMPLATE_BROKEN = Code(
    id="D101",
    name="template-broken",
    severity=Severity.ERROR,
    message="the template cannot be used: {reason}",
    hint="mend that line of the template, or take the file out of the theme to have the house's own",
    explanation=(
        "A theme may replace the templates of pages. This one is not valid Jinja, or asks for something"
        " that the page does not have; docs/theme.md lists what there is. Nothing was written."
    ),
)
