"""Identifiers of libraries: real ones pass, one mistyped sign is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from macros import identifiers

REAL: list[tuple[Callable[[str], str], str, str]] = [
    (identifiers.issn, "0317-8471", "0317-8471"),
    (identifiers.issn, "1050-124x", "1050-124X"),
    (identifiers.orcid, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
    (identifiers.orcid, "0000-0001-5109-3700", "0000-0001-5109-3700"),
    (identifiers.orcid, "0000-0002-1694-233X", "0000-0002-1694-233X"),
    (identifiers.isni, "0000 0001 2103 2683", "0000000121032683"),
    (identifiers.isni, "https://isni.org/isni/0000000121032683", "0000000121032683"),
    (identifiers.ror, "https://ror.org/05dxps055", "05dxps055"),
    (identifiers.ror, "04wxnsj81", "04wxnsj81"),
    (identifiers.ror, "02twcfp32", "02twcfp32"),
    (identifiers.doi, "https://doi.org/10.5438/0012", "10.5438/0012"),
    (identifiers.doi, "doi:10.1000/182", "10.1000/182"),
]


@pytest.mark.parametrize(("check", "given", "wanted"), REAL, ids=[f"{check.__name__}-{given}" for check, given, _ in REAL])
def test_a_registered_identifier_has_one_form(check: Callable[[str], str], given: str, wanted: str) -> None:
    assert check(given) == wanted == check(wanted)


@pytest.mark.parametrize(("check", "wanted"), [(check, wanted) for check, _, wanted in REAL if check is not identifiers.doi])
def test_one_wrong_digit_is_found_wherever_it_stands(check: Callable[[str], str], wanted: str) -> None:
    digits = [at for at, sign in enumerate(wanted) if sign.isdigit() and not (check is identifiers.ror and at == 0)]
    for at in digits:
        mistyped = wanted[:at] + str((int(wanted[at]) + 1) % 10) + wanted[at + 1 :]
        with pytest.raises(ValueError, match=r"was mistyped: its other signs ask for .* copy it anew"):
            check(mistyped)


@pytest.mark.parametrize(
    ("check", "given"),
    [
        (identifiers.issn, "03178471"),
        (identifiers.issn, "٠317-8471"),
        (identifiers.orcid, "0000000218250097"),
        (identifiers.orcid, "https://example.org/0000-0002-1825-0097"),
        (identifiers.isni, "121032683"),
        (identifiers.ror, "ror"),
        (identifiers.ror, "https://ror.org/05dxpl055"),
        (identifiers.doi, "compass.2"),
        (identifiers.doi, "10.1234/<script>"),
        (identifiers.doi, "10.1234/a b"),
    ],
)
def test_another_form_is_refused_with_an_example(check: Callable[[str], str], given: str) -> None:
    with pytest.raises(ValueError, match=r"is not of the form .*\d.*; (allowed|copy)"):
        check(given)
