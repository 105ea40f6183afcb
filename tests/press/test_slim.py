"""The PDF in fewer bytes: what a reader, a screen reader and a program find in it is what WeasyPrint put there."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pypdf
import pytest
from PIL import Image, ImageChops, ImageFilter

from hooks.press import pdf
from hooks.press.slim import NotUnderstoodError
from hooks.press.slim.content import AT_FIRST, Operation, operations, rounded, spread, steady, unnested
from hooks.press.slim.marks import Place, marked, spaced
from hooks.press.slim.marks import places as places_of
from hooks.press.slim.tags import Element, Mark, scope
from hooks.press.slim.text import Face, hexed, lines, shown, spelled, with_space
from macros.book import Book
from macros.target import Target

ISSUE = Target("edition", "issues/2", 2)
LONG = "These words go on and on, and over more than one line of a page, so that it has to be broken. "
SPECIAL = f"""<!doctype html><html lang="en"><head><title>Trial</title></head><body><article>
<h1>Trial</h1><p>{LONG * 2}<strong>Strong</strong> words<sup>1</sup> and
<a href="#there">a link to a place far away</a>.</p>
<p>See https://example.org/{"very-long-address/" * 9} there.</p>
<table><thead><tr><th></th><th>Year</th><th>Sum</th></tr></thead><tbody>
<tr><th scope="row">One</th><td>2020</td><td>+1</td></tr><tr><th scope="row">Two</th><td></td><td>−1</td></tr></tbody></table>
<table><tr><th colspan="2">Both</th></tr><tr><td>left</td><td>right</td></tr></table>
<figure class="chart"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" font-family="Press Sans"><title>A chart</title>
<text x="100" y="20" text-anchor="middle">In the middle</text><text x="190" y="60" text-anchor="end" transform="rotate(-5)">turned</text>
<g opacity="0.5"><rect width="40" height="40" fill="#a00"/><text x="30" y="30" text-anchor="end">veiled</text></g></svg></figure>
<ul id="there"><li>First item</li><li>Second item</li></ul></article></body></html>"""
"""What an edition may hold, and what takes its own way through the code."""

Pair = tuple[bytes, bytes]


def printed(text: str) -> Pair:
    """A document as WeasyPrint writes it, and as we do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "slim", refuse)
        plain = pdf.make(text)
    return plain, pdf.make(text)


def refuse(_: object) -> None:
    raise NotUnderstoodError("nothing")


@pytest.fixture(scope="module")
def libraries(skip_or_fail: Callable[[str], NoReturn]) -> None:
    if pdf.missing():
        skip_or_fail(pdf.missing())


@pytest.fixture(scope="module", params=["issue", "special"])
def pair(request: pytest.FixtureRequest, fixture_site: Path, fixture_book: Book, libraries: None) -> Pair:
    return printed(SPECIAL if request.param == "special" else pdf.document(fixture_book, ISSUE, fixture_site / ISSUE.path))


@pytest.fixture(scope="module")
def readers(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> tuple[pypdf.PdfReader, pypdf.PdfReader]:
    folder = tmp_path_factory.mktemp("pair")
    for name, content in zip(("plain", "slim"), pair, strict=True):
        (folder / f"{name}.pdf").write_bytes(content)
    return pypdf.PdfReader(folder / "plain.pdf", strict=True), pypdf.PdfReader(folder / "slim.pdf", strict=True)


def test_it_is_smaller(pair: Pair) -> None:
    plain, slim = pair
    assert len(slim) < len(plain) * (0.8 if len(plain) > 50_000 else 1.05)  # a page alone is little more than its fonts


def test_pages_say_the_same_in_the_same_order(readers: tuple[pypdf.PdfReader, pypdf.PdfReader]) -> None:
    plain, slim = readers
    assert len(plain.pages) == len(slim.pages)
    for one, other in zip(plain.pages, slim.pages, strict=True):
        assert "".join(other.extract_text().split()) == "".join(one.extract_text().split())


def test_links_lead_to_the_same_places(readers: tuple[pypdf.PdfReader, pypdf.PdfReader]) -> None:
    assert places(readers[1]) == places(readers[0])


def places(reader: pypdf.PdfReader) -> set[tuple[int, str]]:
    """Page, and address or page and height, of each link."""
    found = set()
    for number, page in enumerate(reader.pages):
        for link in (one.get_object() for one in page.get("/Annots", [])):
            if "/A" in link:
                found.add((number, str(link["/A"]["/URI"])))
            else:
                place = reader.named_destinations[str(link["/Dest"])]
                found.add((number, f"{reader.get_destination_page_number(place)}: {round(float(place['/Top']))}"))
            assert link["/Contents"]
    return found


def test_pages_look_the_same(pair: Pair, tmp_path: Path) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("no pdftoppm: install poppler-utils")
    shown = []
    for name, content in zip(("plain", "slim"), pair, strict=True):
        (tmp_path / name).mkdir()
        subprocess.run(["pdftoppm", "-r", "72", "-gray", "-", tmp_path / name / "p"], input=content, check=True)
        shown.append([Image.open(path) for path in sorted((tmp_path / name).iterdir())])
    for one, other in zip(*shown, strict=True):
        apart = ImageChops.difference(one.filter(ImageFilter.GaussianBlur(2)), other.filter(ImageFilter.GaussianBlur(2)))
        assert apart.getextrema()[1] < 48  # a line of a table may fall on the next row of dots; a letter that is lost makes 90


DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="


@pytest.mark.parametrize(
    "body",
    [
        f'<p>A picture <img src="{DOT}" alt="a dot" width="9"> in a line</p>',
        '<p dir="rtl">\u0645\u0631\u062d\u0628\u0627</p><p>\u4e2d\u6587, русский, H<sub>2</sub>O, <u>under</u>, <s>out</s>, \u2713</p>',
        '<table><tr><td><table><tr><th scope="row">in</th><td>side</td></tr></table><td rowspan="2">out</td></tr><tr><td></table>',
        '<div style="opacity: .5"><p style="background: linear-gradient(red, blue)">Half <b style="opacity: .3">a third</b></p></div>',
        '<form><input type="checkbox" checked> <input value="written"> <select><option>chosen</option></select></form>',
        '<p style="transform: rotate(9deg)"><a href="#a">To <b>itself</b></a></p><pre id="a">  code\n (1) \\ &lt;</pre><p></p>',
    ],
    ids=["picture", "scripts", "nested", "veiled", "form", "turned"],
)
@pytest.mark.usefixtures("libraries")
def test_whatever_a_page_holds_it_says_the_same(body: str) -> None:
    slim, plain = (
        "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(made), strict=True).pages)
        for made in printed(f'<!doctype html><html lang="en"><head><title>Odd</title></head><body>{body}</body></html>')
    )
    assert slim == plain


# The tags ------------------------------------------------------------------------------------


def tags(reader: pypdf.PdfReader) -> list[Any]:
    """Every tag, in order of reading."""
    return list(below(reader.root_object["/StructTreeRoot"]["/K"]))


def below(value: Any) -> Iterator[Any]:
    one = value.get_object()
    for kid in one if isinstance(one, list) else [one] if isinstance(one, dict) and "/S" in one else []:
        if kid is one:
            yield one
            yield from below(one.get("/K", pypdf.generic.ArrayObject()))
        else:
            yield from below(kid)


def test_tags_are_the_same_but_for_those_that_say_nothing(readers: tuple[pypdf.PdfReader, pypdf.PdfReader]) -> None:
    plain, slim = (
        [str(one["/S"]) for one in tags(reader) if one["/S"] not in {"/Span", "/NonStruct", "/Div", "/Link"}] for reader in readers
    )
    assert slim == plain
    assert [one.get("/Alt") for one in tags(readers[1]) if "/Alt" in one] == [one["/Alt"] for one in tags(readers[0]) if "/Alt" in one]
    assert "/Span" not in {str(one["/S"]) for one in tags(readers[1])}


def test_no_link_stands_in_a_link(readers: tuple[pypdf.PdfReader, pypdf.PdfReader]) -> None:
    links = [one for one in tags(readers[1]) if one["/S"] == "/Link"]
    assert links
    assert [one for one in links if one["/P"].get_object()["/S"] == "/Link"] == []


def test_each_mark_and_link_leads_to_the_tag_that_holds_it(readers: tuple[pypdf.PdfReader, pypdf.PdfReader]) -> None:
    reader = readers[1]
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in reader.pages:
        content = page.get_contents().get_data()
        marks = [int(one) for one in re.findall(rb"/MCID (\d+)>>", content)]
        assert marks == list(range(len(owners[page["/StructParents"]])))
        for mark, owner in zip(marks, owners[page["/StructParents"]], strict=True):
            assert mark in kids(owner.get_object())
            assert owner.get_object()["/Pg"].get_object() == page
        for link in page.get("/Annots", []):
            held = [
                one["/Obj"]
                for one in kids(owners[link.get_object()["/StructParent"]].get_object())
                if isinstance(one, dict) and "/Obj" in one
            ]
            assert link.get_object() in [one.get_object() for one in held]
    assert {number for number, owner in owners.items() if not isinstance(owner.get_object(), list)} == {
        link.get_object()["/StructParent"] for page in reader.pages for link in page.get("/Annots", [])
    }


def kids(tag: Any) -> list[Any]:
    held = tag["/K"]
    return [one.get_object() for one in held] if isinstance(held, list) else [held.get_object()]


def test_all_text_is_tagged_or_decoration(readers: tuple[pypdf.PdfReader, pypdf.PdfReader]) -> None:
    for page in readers[1].pages:
        depth, last = 0, b""
        for operands, operator in pypdf.generic.ContentStream(page.get_contents(), readers[1]).operations:
            depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
            assert depth in {0, 1}
            assert depth or operator not in {b"Tj", b"TJ", b"Do", b"S", b"f", b"B"}, (operands, last)
            last = operator


def test_heads_and_feet_of_pages_are_no_text(readers: tuple[pypdf.PdfReader, pypdf.PdfReader]) -> None:
    page = readers[1].pages[-1].get_contents().get_data()
    feet = page.count(b"/Artifact<</Type/Pagination/Subtype/Footer>> BDC")
    assert feet == (1 if len(readers[1].pages) == 1 else 2)  # the number, and on editions the address


def test_header_cells_say_what_they_head(readers: tuple[pypdf.PdfReader, pypdf.PdfReader]) -> None:
    headers = [one.get("/A", {}) for one in tags(readers[1]) if one["/S"] == "/TH"]
    named = {str(one) for tag in tags(readers[1]) if tag["/S"] == "/TD" for one in tag.get("/A", {}).get("/Headers", [])}
    assert headers
    assert all(one.get("/Scope") in {"/Row", "/Column"} or "/ColSpan" in one or named for one in headers)


# What is not understood ----------------------------------------------------------------------


def test_a_pdf_that_is_not_understood_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, skip_or_fail: Callable[[str], NoReturn]) -> None:
    if pdf.missing():
        skip_or_fail(pdf.missing())
    plain, slim = printed(SPECIAL)
    monkeypatch.setattr("hooks.press.slim.content.KNOWN", {b"q"})
    assert pdf.make(SPECIAL) == plain != slim


def test_unknown_operators_are_refused() -> None:
    with pytest.raises(NotUnderstoodError, match="sh"):
        operations([b"q", b"/s0 sh", b"Q"])


# The operations of a page --------------------------------------------------------------------


def read(text: str) -> list[Operation]:
    return operations(line.encode() for line in text.split("; "))


def said(content: list[Operation] | Iterator[Operation]) -> str:
    return "; ".join((one.operands + b" " + one.operator).strip().decode("latin-1") for one in content)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1 w; 2 w; 2 w; S", "2 w; S"),
        ("q; 2 w; Q; 2 w; S", "q; 2 w; Q; 2 w; S"),
        ("1 0 0 rg; q; 1 0 0 rg; f; Q; 1 0 0 rg; f", "1 0 0 rg; q; f; Q; f"),
        ("/a1.0 gs; /a0.5 gs; /a1 gs; /A1.0 gs", "/a0.5 gs; /a1 gs"),
        ("/s0 gs; /s0 gs", "/s0 gs; /s0 gs"),
        ("1 0 0 1 0 0 cm; 1 0 0 1 0 0 cm", "1 0 0 1 0 0 cm; 1 0 0 1 0 0 cm"),
    ],
)
def test_what_holds_already_is_not_set_again(before: str, after: str) -> None:
    assert said(steady(read(before), AT_FIRST)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("q; q; S; Q; Q", "q; S; Q"), ("q; Q; S", "S"), ("q; q; S; Q; f; Q", "q; q; S; Q; f; Q"), ("q; q; q; S; Q; Q; Q", "q; S; Q")],
)
def test_states_are_kept_once(before: str, after: str) -> None:
    assert said(unnested(read(before))) == after


def test_numbers_are_as_long_as_can_be_seen() -> None:
    given = read("0.113725 0.145098 0.188235 rg; 0.876543 0 0 -0.876543 0 841.889764 cm; 83.149606 -0.001 m; 10.50 2 l")
    assert said(rounded(given)) == "0.114 0.145 0.188 rg; 0.876543 0 0 -0.876543 0 841.889764 cm; 83.15 0 m; 10.5 2 l"


def test_a_group_is_opened_only_where_all_is_opaque() -> None:
    group = {b"x1": read("f")}
    assert said(spread(read("q; /a1.0 gs; /x1 Do; Q"), group)) == "q; /a1.0 gs; q; f; Q; Q"
    assert said(spread(read("q; /a0.5 gs; /x1 Do; Q; /x1 Do"), group)) == "q; /a0.5 gs; /x1 Do; Q; q; f; Q"
    assert said(spread(read("q; /s0 gs; q; /x1 Do; Q; Q; /x2 Do"), group)) == "q; /s0 gs; q; /x1 Do; Q; Q; /x2 Do"


FACE = Face({1: 500, 2: 250}, {1: "a", 2: " ", 3: "fi", 4: "(", 5: "-", 6: "/"})
FACES = {b"F": FACE}


def test_letters_that_follow_each_other_become_a_line() -> None:
    text = "BT; 1 0 0 -1 0 9 Tm; /F 10 Tf; [<0001>0] TJ; 1 0 0 -1 5 9 Tm; [<0002>] TJ; 1 0 0 -1 {} Tm; [<0001>] TJ; ET"
    assert said(lines(read(text.format("7.5 9")), FACES)) == "BT; 1 0 0 -1 0 9 Tm; /F 10 Tf; [<0001><0002><0001>] TJ; ET"
    assert said(lines(read(text.format("8 9")), FACES)) == "BT; 1 0 0 -1 0 9 Tm; /F 10 Tf; [<0001><0002>-50<0001>] TJ; ET"
    assert said(lines(read(text.format("7.5 20")), FACES)).count("TJ") == 2
    assert said(lines(read(text.format("90 9")), FACES)).count("TJ") == 2


def test_each_letter_is_one_byte_and_ascii_its_own() -> None:
    given = read("/F 10 Tf; [<0001>0<0003>-12.6<0004>] TJ; [<0001>] TJ")
    assert said(spelled(given, FACES)) == "/F 10 Tf; [(a\x80)-13(\\()] TJ; (a) Tj"
    assert shown(b"[<00010003>0.2<0001>7]") == (1, 3, 1, 7.0)


def test_a_font_of_many_letters_keeps_two_bytes() -> None:
    large = Face({}, {number: chr(0x4E00 + number) for number in range(300)})
    assert said(spelled(read("/F 10 Tf; [<0001>0<0003>] TJ"), {b"F": large})) == "/F 10 Tf; <00010003> Tj"
    with pytest.raises(NotUnderstoodError):
        list(spelled(read("/F 10 Tf; [<0009>] TJ"), FACES))


@pytest.mark.parametrize(
    ("glyphs", "ended"), [([1], True), ([1, 5], False), ([1, 2], False), ([6, 1], False), ([6, 2, 1], True), ([], False)]
)
def test_a_space_is_put_where_a_word_ends(glyphs: list[int], ended: bool) -> None:
    one = Operation(hexed(tuple(glyphs)), b"TJ")
    assert with_space(one, FACE) == (Operation(hexed((*glyphs, 2)), b"TJ") if ended else one)


TEXT = (
    "/Span <</MCID 0>> BDC; BT; 1 0 0 -1 9 10 Tm; /F 9 Tf; [<0001>] TJ; ET; EMC; "
    "/Span <</MCID 1>> BDC; BT; 1 0 0 -1 9 20 Tm; [<0001>] TJ; ET; EMC; "
    "/Artifact BMC; S; EMC; /Artifact BMC; f; EMC; /Span <</MCID 2>> BDC; BT; 1 0 0 -1 9 30 Tm; [<0003>] TJ; ET; EMC; "
    "/NonStruct <</MCID 3>> BDC; BT; 1 0 0 -1 9 1000 Tm; [<0001>] TJ; ET; EMC"
)
"""Two lines of one paragraph, two lines that are drawn, another paragraph, and the foot of a page."""


def known() -> dict[tuple[bytes, int], Place]:
    return places_of(Element({"S": "/Art"}, [Element({"S": "/P"}, [Mark(b"1", 0), Mark(b"1", 1)]), Element({"S": "/P"}, [Mark(b"1", 2)])]))


def test_a_line_ends_with_a_space_where_its_paragraph_goes_on() -> None:
    found = said(spaced(b"1", read(TEXT), known(), FACES))
    assert re.findall(r"\[(.*?)\] TJ", found) == ["<0001><0002>", "<0001>", "<0003>", "<0001>"]


def test_pieces_of_one_tag_are_one_and_heads_and_feet_decoration() -> None:
    places = known()
    owner = places[b"1", 0].owner
    found = said(marked(b"1", read(TEXT), places))
    assert re.findall(r"\S+ B[DM]C", found.replace(" <<", "<<").replace("MCID ", "MCID_")) == [
        "/Span<</MCID_0>> BDC",
        "/Artifact BMC",
        "/Span<</MCID_1>> BDC",
        "/Artifact<</Type/Pagination/Subtype/Footer>> BDC",
    ]
    assert (owner.kids, places[b"1", 2].mark.number) == ([Mark(b"1", 0)], 1)


def test_cells_of_a_table_with_spans_go_on_naming_their_headers() -> None:
    import pydyf

    def row(*cells: tuple[str, dict[str, Any]]) -> Element:
        return Element(
            {"S": "/TR"}, [Element({"S": kind, "A": pydyf.Dictionary(about), "ID": pydyf.String(kind)}) for kind, about in cells]
        )

    spanned = Element({"S": "/Table"}, [row(("/TH", {"ColSpan": 2})), row(("/TD", {"Headers": [pydyf.String("/TH")]}))])
    plain = Element({"S": "/Table"}, [row(("/TH", {})), row(("/TD", {"Headers": [pydyf.String("/TH")]}))])
    strange = Element({"S": "/Table"}, [row(("/TH", {})), row(("/TD", {"Headers": []}))])
    for table in (spanned, plain, strange):
        scope(table)
    assert [one.entries["A"].get("Scope") for one in plain.below if one.kind == "/TH"] == ["/Column"]
    assert next(one.entries for one in plain.below if one.kind == "/TD").keys() == {"S", "ID"}
    for table in (spanned, strange):
        assert ["Headers" in one.entries["A"] for one in table.below if one.kind == "/TD"] == [True]
