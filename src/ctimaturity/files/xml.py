"""XML from outside, without document types, entities or depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from ctimaturity.diagnostics import codes
from ctimaturity.files.limits import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.files.limits import Limits

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
RELATIONSHIP = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
TRUE = frozenset({"1", "true", "on"})
_SEPARATOR = " "
_LONGEST_GAP = 400_000  # what a cell can hold (32,767 characters), each written `&#x10FFFF;`
_LONGEST_WIDE = 4_000_000  # in UTF-16 a `<` cannot be told from half another character


def spreadsheet_names(*names: str) -> dict[str, str]:
    """Each element name of a spreadsheet part, as the parser gives it, to its plain name.

    Both vocabularies, the usual and the strict, whatever prefix a file gives them; an element
    of the same name in another vocabulary is another thing.
    """
    return {f"{namespace}{_SEPARATOR}{name}": name for namespace in SPREADSHEET for name in names}


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(_SEPARATOR)[2]


class Handlers:
    """What the parser calls for each tag and text of a part.

    Attributes:
        parser: While it runs; not kept, since it holds these handlers and with them all that was read.
        part: The name of the part.
        limits: The bounds; each kind of part counts what it has to.
        depth: How many elements are open.
    """

    parser: expat.XMLParserType

    def __init__(self, part: str, limits: Limits) -> None:
        self.part = part
        self.limits = limits
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """An element ends."""
        raise NotImplementedError

    def characters(self, text: str) -> None:
        """A piece of text, of which there may be several in a row."""

    def too_deep(self) -> Refusal:
        """Why nothing is read that lies in so many elements."""
        return Refusal(codes.XML_TOO_DEEP, part=self.part, limit=self.limits.depth)

    def parse(self, data: bytes) -> None:
        """Run a parser over a whole part; it knows namespaces and refuses document types and entities.

        Raises:
            Refusal: The part is no well-formed XML, has a tag or text of enormous length, or a handler
                refused it.
        """
        _check_tags(data, self.part)
        parser = self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True  # one call for a text, not one for each of its lines
        parser.buffer_size = 1 << 16
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            place = {"line": error.lineno, "column": error.offset + 1}
            raise Refusal(codes.XML_MALFORMED, part=self.part, **place) from None
        except (LookupError, ValueError, UnicodeError):
            # an encoding that is not known, or one that expat cannot use
            raise Refusal(codes.XML_MALFORMED, part=self.part, line=1, column=1) from None
        finally:
            del self.parser

    def _refuse(self, *_: object) -> NoReturn:
        raise Refusal(codes.XML_ENTITIES, part=self.part)


def _check_tags(data: bytes, part: str) -> None:
    """Refuse tags that would fill the memory before a handler sees them.

    A `<` never stands inside a tag, so a tag is no longer than the way to the next one.
    """
    if b"\0" in data[:4] and len(data) > _LONGEST_WIDE:
        raise Refusal(codes.ARCHIVE_INFLATES_TOO_MUCH, part=part, size=len(data))
    for start in range(0, len(data) - _LONGEST_GAP, _LONGEST_GAP):
        if data.find(b"<", start, start + _LONGEST_GAP) < 0:
            raise Refusal(codes.TEXT_TOO_LONG, limit=_LONGEST_GAP)


class Element:
    """An element of a small part: its name, attributes, text and what lies inside."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return local(self.name)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def attribute(self, name: str, namespaces: tuple[str, ...] = ()) -> str:
        """An attribute's value, plain or in one of the namespaces; empty where there is none."""
        for key in (*(f"{namespace}{_SEPARATOR}{name}" for namespace in namespaces), name):
            if key in self.attributes:
                return self.attributes[key]
        return ""


class _TreeHandlers(Handlers):
    def __init__(self, part: str, limits: Limits) -> None:
        super().__init__(part, limits)
        self.top = Element("", {})
        self._open = [self.top]
        self._left = limits.elements

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise Refusal(codes.TOO_MANY_ENTRIES, part=self.part, limit=self.limits.elements)
        if len(self._open) > self.limits.depth:
            raise self.too_deep()
        element = Element(name, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, name: str) -> None:  # noqa: ARG002  (elements are well nested)
        self._open.pop()

    def characters(self, text: str) -> None:
        self._open[-1].text += text


def tree(data: bytes, part: str, limits: Limits) -> Element:
    """A small part as a tree: relations, content types, the list of sheets, properties.

    Raises:
        Refusal: The part is no well-formed XML, uses entities, is too large or too deep.
    """
    if len(data) > limits.small_part:
        raise Refusal(codes.ARCHIVE_INFLATES_TOO_MUCH, part=part, size=len(data))
    handlers = _TreeHandlers(part, limits)
    handlers.parse(data)
    return handlers.top.children[0]
