"""A theme as a folder: theme.yaml, a logo, templates of one's own."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted, visible
from ctimaturity.files.yaml import read_yaml
from ctimaturity.language.folding import nearest
from ctimaturity.reporting.theme import READABLE, Palette, Theme, contrast

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.files.yaml import Path as YamlPath
    from ctimaturity.files.yaml import Value, YamlDocument

THEME = "theme.yaml"
TEMPLATES = "templates"
_TEXTS = ("logo", "logo_text", "contact", "footer")
_MODES = ("light", "dark")
_KEYS = (*_TEXTS, "colours", "levels")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FEWEST, _MOST = 2, 12
"""Colours that levels are mixed from."""
_LOGO_KB = 300
_LONGEST = 400
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_INK_ON = (("ink", "page"), ("ink", "surface"), ("muted", "surface"), ("accent", "surface"), ("ink", "tint"))


def read_theme(folder: Path) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """A theme, and what is doubtful about it.

    Args:
        folder: With theme.yaml, a folder of templates, or both.

    Raises:
        JobError: There is no theme, or something in it cannot be used; with every place.
    """
    file, templates = folder / THEME, folder / TEMPLATES
    if not file.is_file() and not templates.is_dir():
        raise JobError([Diagnostic(codes.THEME_NOT_FOUND, Location(visible(folder.as_posix())))])
    theme = Theme(templates=templates.resolve() if templates.is_dir() else None)
    if not file.is_file():
        return theme, ()
    document = read_yaml(file.read_bytes(), visible(file.as_posix()))
    if document.diagnostics:
        raise JobError(document.diagnostics)
    reader = _ThemeReader(folder, document)
    theme = reader.theme(theme)
    if reader.problems:
        raise JobError(reader.problems)
    return theme, tuple(_doubts(theme, reader))


class _ThemeReader:
    """Reads one theme.yaml and gathers its problems, each with its line."""

    def __init__(self, folder: Path, document: YamlDocument) -> None:
        self.problems: list[Diagnostic] = []
        self._folder = folder
        self._document = document

    def theme(self, theme: Theme) -> Theme:
        """The theme with what the file says."""
        top = self._mapping((), _KEYS)
        texts = {key: self._text((key,), top[key]) for key in _TEXTS if top.get(key) is not None}
        if "logo" in texts:
            texts["logo"] = self._logo(texts["logo"])
        colours, levels = self._mapping(("colours",), _MODES), self._mapping(("levels",), _MODES)
        palettes = {}
        for mode, palette in (("light", theme.light), ("dark", theme.dark)):
            made = self._coloured(palette, mode) if mode in colours else palette
            if mode in levels:
                made = replace(made, ramp=self._ramp(("levels", mode), levels[mode]) or made.ramp)
            palettes[mode] = replace(made, nothing=made.colours["surface"])
        return replace(
            theme,
            light=palettes["light"],
            dark=palettes["dark"],
            logo=texts.get("logo", ""),
            logo_text=texts.get("logo_text", ""),
            contact=texts.get("contact", ""),
            footer=texts.get("footer", ""),
        )

    def location(self, path: YamlPath, *, key: bool = False) -> Location:
        """Where a value, or its key, stands."""
        places = self._document.keys if key else self._document.places
        return places.get(path) or Location(visible((self._folder / THEME).as_posix()), line=1)

    def _at(self, path: YamlPath) -> Value:
        value: Value = self._document.value
        for step in path:
            value = value.get(str(step)) if isinstance(value, dict) else None
        return value

    def _mapping(self, path: YamlPath, known: Sequence[str]) -> dict[str, Value]:
        value = self._at(path)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._wrong(path, value, ", ".join(f"{key}: …" for key in known))
            return {}
        for key in value:
            if key not in known:
                near = nearest(key, known) or ", ".join(known)
                self._report(
                    codes.THEME_KEY_UNKNOWN,
                    (*path, key),
                    key=True,
                    parameters={"key": quoted(key), "near": near},
                )
        return {key: part for key, part in value.items() if key in known}

    def _text(self, path: YamlPath, value: Value) -> str:
        if isinstance(value, str) and len(value) <= _LONGEST:
            return visible(" ".join(value.split()))
        self._wrong(path, value, f"one line, {_LONGEST} characters at most")
        return ""

    def _coloured(self, palette: Palette, mode: str) -> Palette:
        path = ("colours", mode)
        given = self._mapping(path, tuple(palette.colours))
        read = {role: self._colour((*path, role), value) for role, value in given.items()}
        return replace(palette, colours=MappingProxyType({**palette.colours, **read}))

    def _colour(self, path: YamlPath, value: Value) -> str:
        if isinstance(value, str) and _COLOUR.fullmatch(value.lower()):
            return value.lower()
        self._wrong(path, value, '"#0b5563"')
        return "#000000"

    def _ramp(self, path: YamlPath, value: Value) -> tuple[str, ...]:
        if isinstance(value, list) and _FEWEST <= len(value) <= _MOST:
            return tuple(self._colour((*path, number), colour) for number, colour in enumerate(value))
        self._wrong(path, value, '["#f4efc9", "#1f3468"]')
        return ()

    def _logo(self, name: str) -> str:
        """The picture as a `data:` address; it lies in the folder of the theme."""
        inside = PurePosixPath(name)
        data = b""
        if not inside.is_absolute() and ".." not in inside.parts and "\\" not in name:
            path = self._folder / inside
            if path.is_file() and path.stat().st_size <= _LOGO_KB * 1000:
                data = path.read_bytes()
        kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
        if not kind and b"<svg" in data[:2000]:
            kind = "image/svg+xml"
        if kind:
            return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
        self._report(codes.LOGO_UNUSABLE, ("logo",), parameters={"name": quoted(name), "limit": _LOGO_KB})
        return ""

    def _wrong(self, path: YamlPath, value: Value, wanted: str) -> None:
        shown = quoted(value) if isinstance(value, str) else "{…}" if isinstance(value, dict) else "[…]"
        name = ".".join(map(str, path)) or THEME
        self._report(
            codes.THEME_VALUE_WRONG, path, parameters={"key": name, "value": shown, "wanted": wanted}
        )

    def _report(
        self, code: Code, path: YamlPath, *, parameters: dict[str, str | int], key: bool = False
    ) -> None:
        self.problems.append(Diagnostic(code, self.location(path, key=key), parameters))


def _doubts(theme: Theme, reader: _ThemeReader) -> Iterable[Diagnostic]:
    """Colours of the theme that text cannot be read in."""
    for mode, palette in (("light", theme.light), ("dark", theme.dark)):
        for ink, ground in _INK_ON:
            ratio = contrast(palette.colours[ink], palette.colours[ground])
            if ratio < READABLE:
                place = reader.location(("colours", mode, ink), key=True)
                names = {"ink": f"{mode}.{ink}", "ground": f"{mode}.{ground}", "ratio": f"{ratio:.1f}"}
                yield Diagnostic(codes.CONTRAST_LOW, place, names)
