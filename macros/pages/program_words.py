"""The messages that the programs of the pages say, in the current language."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable

from babel.messages.extract import extract

from macros.language import current


def catalogue(programs: Iterable[str]) -> str:
    """Write the program that gives the others their messages in the current language.

    Args:
        programs: The texts of the programs, which say messages by `gettext` and `ngettext`.

    Returns:
        JavaScript that names each message and its translation; of one about a number of things its forms by category of
        number (CLDR, "Language Plural Rules"). Messages that no catalogue has are left out.
    """
    words: dict[str, object] = {}
    for program in programs:
        for _, message, _, _ in extract("javascript", io.BytesIO(program.encode())):
            if isinstance(message, tuple):
                words[message[0]] = _forms(message[0], message[1])
            elif (text := current().messages.gettext(message)) != message:
                words[message] = text
    translations = {message: text for message, text in sorted(words.items()) if text}
    return f"window.catalogue = {json.dumps(translations, ensure_ascii=False, indent=0)};\n"


def _forms(singular: str, plural: str) -> dict[str, str]:
    language = current()
    forms = {str(language.locale.plural_form(number)): language.messages.ngettext(singular, plural, number) for number in range(201)}
    return {} if set(forms.values()) <= {singular, plural} else forms
