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


def new_parser(part: str) -> expat.XMLParserType:
    """A parser that knows namespaces and refuses document types and entities."""
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16

    def refuse(*_: object) -> NoReturn:
        raise Refusal(codes.XML_ENTITIES, part=part)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    return parser


def parse(parser: expat.XMLParserType, data: bytes, part: str) -> None:
    """Run a parser over a whole part.

    Raises:
        Refusal: The part is no well-formed XML, has a tag or text of enormous length, or a handler
            refused it.
    """
    _check_tags(data, part)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refusal(codes.XML_MALFORMED, part=part, line=error.lineno, column=error.offset + 1) from None
    except (LookupError, ValueError, UnicodeError):
        # an encoding that is not known, or one that expat cannot use
        raise Refusal(codes.XML_MALFORMED, part=part, line=1, column=1) from None


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


def tree(data: bytes, part: str, limits: Limits) -> Element:
    """A small part as a tree: relations, content types, the list of sheets, properties.

    Raises:
        Refusal: The part is no well-formed XML, uses entities, is too large or too deep.
    """
    if len(data) > limits.small_part:
        raise Refusal(codes.ARCHIVE_INFLATES_TOO_MUCH, part=part, size=len(data))
    parser = new_parser(part)
    top = Element("", {})
    open_elements = [top]
    left = limits.elements

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Refusal(codes.TOO_MANY_ENTRIES, part=part, limit=limits.elements)
        if len(open_elements) > limits.depth:
            raise Refusal(codes.XML_TOO_DEEP, part=part, limit=limits.depth)
        element = Element(name, attributes)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        open_elements.pop()

    def characters(text: str) -> None:
        open_elements[-1].text += text

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parse(parser, data, part)
    return top.children[0]
