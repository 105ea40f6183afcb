"""Catalogues of the program's messages in other languages (PO files of GNU gettext) -> what gettext reads, and what is wrong with them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from macros.language_tags import locale_of
from macros.problems import Problem

VALUE = re.compile(r"%\((\w+)\)")
TAG = re.compile(r"<[^>]*>|&[#\w]+;?|[<>]")


def read(text: str, tag: str) -> Catalog:
    """Read a catalogue.

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
    findings = [Problem(path, message.lineno or 1, "msgstr", why) for message, why in faults(catalogue)]
    problems += findings
    return b"" if findings else compiled(catalogue)


def faults(catalogue: Catalog) -> Iterator[tuple[Message, str]]:
    """Check that translations take the same values and hold the same HTML as their messages; they are put into pages as they stand.

    Yields:
        Each message whose translation does not, and why.
    """
    wrong = {id(message): str(errors[0]) for message, errors in catalogue.check()}
    for message in catalogue:
        originals, texts = (_forms(part) for part in (message.id, message.string))
        why = next(filter(None, (_fault(text, originals) for text in texts)), "") or wrong.get(id(message))
        if why and message.id:
            yield message, why


def _forms(text: Any) -> tuple[str, ...]:
    """What a message or its translation says of one thing and of several, as far as it does."""
    return tuple(filter(None, (text,) if isinstance(text, str) else text or ()))


def _fault(text: str, originals: Sequence[str]) -> str:
    """What is wrong with a translation; nothing where it can be said."""
    original = " ".join(originals)
    names = sorted(set(VALUE.findall(original)))
    if other := sorted(set(TAG.findall(text)) - set(TAG.findall(original))):
        return f"holds {other[0]!r}, which its message does not; HTML stands in a translation as in its message"
    try:
        text % dict.fromkeys(names, 1)
    except KeyError as error:
        return f"holds the value {error}, which its message does not; it has {', '.join(names) or 'none'}"
    except (TypeError, ValueError):
        return "holds a per cent sign that stands for no value; a sign of its own is written %%"
    return ""
