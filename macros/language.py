"""The language in which words, numbers and dates are written now.

The messages of the program are English. A catalogue (a PO file of GNU gettext) holds them in another language: those that
come with the program stand in macros/languages/, a monitor's own in data/languages/, where they count first. A build is
in one language from its first page to its last, so that it is set once around it and not handed through every function.
"""

from __future__ import annotations

import gettext as catalogues
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Literal

from babel import Locale

from macros.catalogues import compiled, read
from macros.language_tags import locale_of, own_name

SOURCE = "en"
"""The language of the messages themselves."""


@dataclass(frozen=True)
class Language:
    """A language, and the messages of the program in it.

    Attributes:
        tag: The language as in BCP 47, such as `ru` or `zh-Hans`.
        own: Catalogue of the monitor, as an MO file; empty where it has none.
    """

    tag: str
    own: bytes = field(default=b"", repr=False)

    @property
    def source(self) -> bool:
        """Whether it is the language of the messages themselves, whose dates follow the house rule of macros/dates.py."""
        return self.tag.partition("-")[0] == SOURCE

    @cached_property
    def locale(self) -> Locale:
        """Its dates, numbers and plurals in CLDR; of the source those of English as the world writes it, the day before the month."""
        return locale_of("en-001" if self.source else self.tag)

    @property
    def own_name(self) -> str:
        """What it is called in itself."""
        return own_name(self.tag)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way it is written."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    @cached_property
    def messages(self) -> catalogues.NullTranslations:
        """The messages in it; those that no catalogue has stay as they are."""
        return _messages(self.tag, self.own)


@lru_cache(maxsize=64)
def _messages(tag: str, own: bytes) -> catalogues.NullTranslations:
    shipped = _shipped(tag)
    if not own:
        return shipped
    messages = catalogues.GNUTranslations(io.BytesIO(own))
    messages.add_fallback(shipped)
    return messages


@lru_cache(maxsize=64)
def _shipped(tag: str) -> catalogues.NullTranslations:
    """The catalogue of the program for a language, else for the language without its script and region, else none."""
    for name in dict.fromkeys((tag, tag.partition("-")[0])):
        file = files("macros") / "languages" / f"{name}.po"
        if file.is_file():
            return catalogues.GNUTranslations(io.BytesIO(compiled(read(file.read_text(encoding="utf-8"), name))))
    return catalogues.NullTranslations()


_ENGLISH = Language(SOURCE)
_current: ContextVar[Language] = ContextVar("language")


def current() -> Language:
    """Give the language in which words are written now."""
    return _current.get(_ENGLISH)


@contextmanager
def in_language(language: Language) -> Iterator[None]:
    """Write words, numbers and dates in a language, until the block ends."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's manual gives it (4.7, "Special cases")
    """Mark a message that is said later, for the catalogues."""
    return message


def gettext(message: str, /, **values: object) -> str:
    """Say a message in the current language.

    Args:
        message: The message in English, with places for values: `Index of %(label)s`. A per cent sign of its own is written `%%`.
        **values: The values.

    Returns:
        The message with its values.
    """
    return current().messages.gettext(message) % values


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Say a message that other languages say in several ways, by what it stands for.

    Args:
        context: What it stands for, for translators: `edition`.
        message: The message in English, as `gettext` takes it.
        **values: The values.

    Returns:
        The message with its values.
    """
    return current().messages.pgettext(context, message) % values


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Say a message about a number of things in the current language, in the form that the number asks for.

    Args:
        singular: The message in English about one thing: `%(num)s event`.
        plural: The same about several.
        number: How many; the value `num`.
        **values: The other values.

    Returns:
        The message with its values.
    """
    return current().messages.ngettext(singular, plural, number) % {"num": number, **values}
