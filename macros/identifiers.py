"""The identifiers that libraries give to periodicals, works, persons and bodies: their form, and their check digits.

Each function takes an identifier as people copy it, alone or as an address, and gives its one written form.
"""

from __future__ import annotations

import re

DOI_SITE, ORCID_SITE, ROR_SITE, ISNI_SITE = "https://doi.org/", "https://orcid.org/", "https://ror.org/", "https://isni.org/isni/"
_BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"
"""The digits of ROR (Crockford): no i, l, o, u."""


def issn(value: str) -> str:
    """Check the number of a periodical (ISO 3297): `1234-5679`.

    Raises:
        ValueError: It has another form, or its check digit (modulus 11) is not what its other digits ask for.
    """
    if not re.fullmatch(r"\d{4}-\d{3}[\dXx]", value, re.ASCII):
        raise ValueError(f"'{value}' is not of the form 1234-5679; allowed: four digits, a hyphen, three digits, and a digit or X")
    rest = sum(int(digit) * weight for digit, weight in zip(value[:4] + value[5:8], range(8, 1, -1), strict=True)) % 11
    return _checked(value.upper(), _sign((11 - rest) % 11))


def orcid(value: str) -> str:
    """Check the identifier of a person at ORCID: `0000-0002-1825-0097`, or the address that ends in it.

    Raises:
        ValueError: It has another form, or its check digit (ISO 7064, mod 11-2) is not what its other digits ask for.
    """
    text = _bare(value, "orcid.org").upper()
    if not re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", text, re.ASCII):
        raise ValueError(f"'{value}' is not of the form 0000-0002-1825-0097; copy it from the page of the person at orcid.org")
    return _checked(text, _mod_11_2(text.replace("-", "")[:15]))


def isni(value: str) -> str:
    """Check the identifier of a body or a person (ISO 27729): sixteen digits, of which the last may be X.

    Returns:
        The sixteen digits without spaces.

    Raises:
        ValueError: It has another form, or its check digit (ISO 7064, mod 11-2) is not what its other digits ask for.
    """
    text = re.sub(r"[ -]", "", re.sub(r"^ISNI:?", "", _bare(value, "isni.org/isni", "www.isni.org/isni"), flags=re.IGNORECASE)).upper()
    if not re.fullmatch(r"\d{15}[\dX]", text, re.ASCII):
        raise ValueError(
            f"'{value}' is not of the form '0000 0001 2103 2683'; allowed: sixteen digits in quotes, of which the last may be X"
        )
    return _checked(text, _mod_11_2(text[:15]))


def ror(value: str) -> str:
    """Check the identifier of a body at ROR: `05dxps055`, or the address that ends in it.

    Returns:
        Its nine signs without the address.

    Raises:
        ValueError: It has another form, or its check digits (ISO 7064, mod 97-10) are not what its other signs ask for.
    """
    text = _bare(value, "ror.org").lower()
    if not re.fullmatch(rf"0[{_BASE_32}]{{6}}\d\d", text, re.ASCII):
        raise ValueError(f"'{value}' is not of the form 05dxps055; copy it from the page of the body at ror.org")
    number = 0
    for sign in text[:7]:
        number = number * 32 + _BASE_32.index(sign)
    return _checked(text, f"{98 - number * 100 % 97:02d}")


def doi(value: str) -> str:
    """Check the DOI of a work (ISO 26324): `10.1234/compass.2.1`, or the address that ends in it.

    Raises:
        ValueError: It has another form, or holds what cannot stand in an address.
    """
    text = re.sub(r"^doi:\s*", "", _bare(value, "doi.org", "dx.doi.org"), flags=re.IGNORECASE)
    if not re.fullmatch(r"10\.\d{4,9}/[^\s<>\"{}|\\^`]+", text, re.ASCII):
        raise ValueError(f"'{value}' is not of the form 10.1234/report-5; copy it from the agency where it is registered")
    return text


def grouped(identifier: str) -> str:
    """An ISNI as people read it, in groups of four."""
    return " ".join(re.findall("....", identifier))


def _bare(value: str, *sites: str) -> str:
    """An identifier without the address of its site."""
    match = re.fullmatch(rf"https?://(?:{'|'.join(map(re.escape, sites))})/(.*)", value.strip())
    return match[1].strip("/") if match else value.strip()


def _mod_11_2(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return _sign((12 - total % 11) % 11)


def _sign(number: int) -> str:
    return "X" if number == 10 else str(number)


def _checked(text: str, wanted: str) -> str:
    """Refuse an identifier that does not end in the check digits that its other signs ask for."""
    if not text.endswith(wanted):
        raise ValueError(f"'{text}' was mistyped: its other signs ask for {wanted} at its end; copy it anew from where it is registered")
    return text
