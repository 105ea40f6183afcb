"""Tags of languages (BCP 47): which there are, how they are written, and what CLDR knows of them."""

from __future__ import annotations

import re
from difflib import get_close_matches

from babel import Locale, UnknownLocaleError, parse_locale
from babel.core import get_global

TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?(?:-(?P<variant>[a-z0-9]{5,8}|\d[a-z0-9]{3}))?",
    re.ASCII | re.IGNORECASE,
)
"""Language, script, region and variant (RFC 5646, 2.1)."""
WRITTEN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))?$"
"""The same for programs, in the letters that are the custom."""
EXAMPLES = "en, pt-BR, zh-Hans"


def locale_of(tag: str) -> Locale:
    """Find what CLDR knows of a language.

    Args:
        tag: The language as in BCP 47, such as `zh-Hans`.

    Raises:
        ValueError: CLDR has no such language.
    """
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, TypeError):
        raise ValueError(f"'{tag}' is no language whose dates and plurals CLDR has") from None


def own_name(tag: str) -> str:
    """Give the name of a language in itself, as CLDR has it, to begin a line with: `Русский`; the tag where it has none."""
    name = locale_of(tag).language_name or tag
    return name[:1].upper() + name[1:]


def with_territory(tag: str) -> str:
    """Write a language as Open Graph does (ogp.me), with the territory where most speak it: `en` -> `en_US`, `pt-BR` -> `pt_BR`."""
    locale = locale_of(tag)
    likely = parse_locale(get_global("likely_subtags").get(locale.language, locale.language))[1]
    return f"{locale.language}_{locale.territory or likely or locale.language.upper()}"


def checked(tag: str) -> str:
    """Refuse what is no tag of a language.

    Raises:
        ValueError: It is none, or is written otherwise; the message has the right one where it can be told.
    """
    names = Locale("en")
    match = TAG.fullmatch(tag)
    if not match or match["language"].lower() not in names.languages:
        meant = _meant(tag, {name.lower(): code for code, name in names.languages.items() if "_" not in code})
        raise ValueError(f"'{tag}' is no tag of a language (BCP 47); {meant}allowed are tags such as {EXAMPLES}")
    script, region = (match["script"] or "").title(), (match["region"] or "").upper()
    if (script and script not in names.scripts) or (region and region not in names.territories):
        raise ValueError(f"'{tag}' has a script or region that there is not (BCP 47); allowed are tags such as {EXAMPLES}")
    written = "-".join(filter(None, (match["language"].lower(), script, region, (match["variant"] or "").lower())))
    if written != tag:
        raise ValueError(f"'{tag}' is written {written}")
    locale_of(tag)
    return tag


def _meant(text: str, codes: dict[str, str]) -> str:
    """What somebody meant who wrote a language by its English name."""
    near = get_close_matches(text.lower(), codes, 1, 0.85)
    return f"did you mean {codes[near[0]].replace('_', '-')}? " if near else ""
