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
THEME_NOT_FOUND = Code(
    id="D102",
    name="theme-not-found",
    severity=Severity.ERROR,
    message="there is no theme: the folder has neither theme.yaml nor templates",
    hint="give the folder that holds theme.yaml, or a folder called templates",
    explanation=(
        "A theme is a folder with a file theme.yaml (logo, colours, contact, footer), a folder templates"
        " with files that replace those of the house, or both. Nothing was written."
    ),
)
THEME_KEY_UNKNOWN = Code(
    id="D103",
    name="theme-key-unknown",
    severity=Severity.ERROR,
    message="a theme has nothing called {key}",
    hint="take one of these: {near}",
    explanation=(
        "What a theme can say is listed in docs/theme.md. A word that is not known is refused, so that a"
        " slip of the pen is not taken for a wish. Nothing was written."
    ),
)
THEME_VALUE_WRONG = Code(
    id="D104",
    name="theme-value-wrong",
    severity=Severity.ERROR,
    message="{key} cannot be {value}",
    hint="write {wanted}",
    explanation=(
        "Colours are written as #rrggbb, texts as one line, the colours of the levels as a list from the"
        " lowest to the highest. Nothing was written."
    ),
)
LOGO_UNUSABLE = Code(
    id="D105",
    name="logo-unusable",
    severity=Severity.ERROR,
    message="the logo {name} cannot be used: it is missing, larger than {limit} kB, or no PNG, JPEG or SVG",
    hint="put a PNG, JPEG or SVG of less than {limit} kB into the folder of the theme, and name it there",
    explanation=(
        "The picture is written into every page, so that a page is one file and asks nothing of the network;"
        " hence its limit. It has to lie in the folder of the theme. Nothing was written."
    ),
)
CONTRAST_LOW = Code(
    id="D106",
    name="contrast-low",
    severity=Severity.WARNING,
    message="{ink} on {ground} has a contrast of {ratio}, less than the 4.5 that people need to read it",
    hint="take a darker or a lighter colour for one of the two",
    explanation=(
        "WCAG 2.2 AA asks of text a contrast of at least 4.5 to what is behind it. The page was made with"
        " the colours as they are."
    ),
)
EXTRA_MISSING = Code(
    id="D201",
    name="extra-missing",
    severity=Severity.ERROR,
    message="{what} needs {package}, which cannot be used here: {reason}",
    hint="install it with: pip install 'ctimaturity[{extra}]'",
    explanation=(
        "Some formats need packages that most people do not; they are extras of the installation. Nothing"
        " was written, so that a folder is never half of what was asked for."
    ),
)
DOSSIER_OF_NOBODY = Code(
    id="D202",
    name="dossier-of-nobody",
    severity=Severity.ERROR,
    message="there is no entity {code}",
    hint="take one of these: {known}",
    explanation=(
        "A dossier was asked for an entity that is not in these results. Codes are written as in the"
        " column entity_code of index.csv. Nothing was written."
    ),
)
