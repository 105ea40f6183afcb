"""Catalogues of the program's messages in other languages (PO files of GNU gettext) -> what gettext reads, and what is wrong with them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from macros.language_tags import locale_of
from macros.problems import Problem

TAG = re.compile(r"<[^>]*>|&[#\w]+;?|[<>]")


def read(text: str, tag: str) -> Catalog:
    """Read a catalogue.

    Args:
        text: The PO file.
        tag: Its language.

    Returns:
        The catalogue.

    Raises:
        ValueError: It is no PO file; a subclass of Babel that says where.
    """
    return read_po(io.StringIO(text), locale=locale_of(tag), abort_invalid=True)


def compiled(catalogue: Catalog) -> bytes:
    """Give a catalogue as an MO file."""
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    return binary.getvalue()


def load(text: str, path: str, tag: str, problems: list[Problem]) -> bytes:
    """Read and compile the catalogue of a monitor.

    Args:
        text: The PO file.
        path: Its path, for findings.
        tag: Its language, from its name.
        problems: A finding is added here for all that is wrong with it.

    Returns:
        The MO file; empty where the catalogue cannot be used.
    """
    try:
        catalogue = read(text, tag)
    except PoFileError as error:
        problems.append(Problem(path, max(error.lineno + 1, 1), "file", f"is no PO file of gettext: {error.args[0]}"))
        return b""
    except ValueError as error:
        problems.append(Problem(path, 1, "file", f"has a wrong name: {error}; the name is a tag of BCP 47: ru.po, zh-Hans.po"))
        return b""
    found = [Problem(path, message.lineno or 1, "msgstr", why) for message, why in faults(catalogue)]
    problems += found
    return b"" if found else compiled(catalogue)


def faults(catalogue: Catalog) -> Iterator[tuple[Message, str]]:
    """Check that translations hold the same values and the same HTML as their messages; they are put into pages as they stand.

    Yields:
        Each message whose translation does not, and why.
    """
    for message, errors in catalogue.check():
        yield message, str(errors[0])
    for message in catalogue:
        if not message.id:
            continue
        originals, texts = ((part,) if isinstance(part, str) else tuple(part or ()) for part in (message.id, message.string))
        allowed = set(TAG.findall(" ".join(filter(None, originals))))
        for text in filter(None, texts):
            if other := set(TAG.findall(text)) - allowed:
                yield message, f"holds {sorted(other)[0]!r}, which its message does not; HTML stands in a translation as in its message"
                break
