"""A publication and the portal in two languages: built, published, verified, corrected, and read side by side."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from house import Answer, House, made_house, new_house, published
from playwright.sync_api import Page, expect
from serving import serving
from trees import drawn_once, translated_tree

from hooks.publishing.html_page import HtmlPage

ISSUE, EDITION = "issues/1", "issues/1/v1"
TITLE, EVENTS, ORIGINAL = f"data/{ISSUE}/publication.yml", f"data/{ISSUE}/events.csv", f"docs/{ISSUE}/index.md"
FIRST = "  - {number: 1, date: 2024-04-01, kind: original, note: First edition on this site., note_ru: Первое издание на этом сайте.}\n"
SECOND = "  - {number: 2, date: 2024-06-01, kind: correction, note: The frost is told better., note_ru: О морозе рассказано лучше.}\n"
MARK = "Здесь оригинал изменился после перевода."


@pytest.fixture(scope="session")
def bilingual(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> tuple[House, Answer]:
    """A house that has published a monitor in two languages; nobody changes it."""
    make = lambda place: published(new_house(place, lambda root: drawn_once(translated_tree(root), pictures)))  # noqa: E731
    return made_house(tmp_path_factory, "bilingual", make)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, bilingual: tuple[House, Answer]) -> Path:
    return bilingual[0].checkout(tmp_path_factory.mktemp("bilingual") / "site")


@pytest.fixture
def own(tmp_path: Path, bilingual: tuple[House, Answer]) -> House:
    return bilingual[0].copied(tmp_path)


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def alternates(page: str) -> dict[str, str]:
    """The addresses that a page names for each language."""
    links = [element.attributes for element in HtmlPage(page).elements("link[hreflang]")]
    assert all(link["rel"].split() == ["alternate"] for link in links)
    return {link["hreflang"]: link["href"] for link in links}


def hrefs(page: str) -> dict[str, str]:
    """The links of a page, and the language that each says it leads to."""
    elements = [element.attributes for element in HtmlPage(page).elements("a")]
    return {attributes["href"]: attributes.get("hreflang", "") for attributes in elements if "href" in attributes}


@pytest.mark.parametrize(
    ("original", "translation"),
    [("", "ru/"), ("about/", "ru/about/"), ("issues/1/v1/", "issues/1/v1/ru/"), ("issues/1/v1/ouse/", "issues/1/v1/ru/ouse/")],
)
def test_a_page_and_its_translation_name_each_other(site: Path, original: str, translation: str) -> None:
    home = "https://ledger.example/"
    wanted = {"en": home + original, "x-default": home + original, "ru": home + translation}
    pages = {path: read(site, path) for path in (original, translation)}
    assert [alternates(page) for page in pages.values()] == [wanted, wanted]
    for path, language in ((original, "en"), (translation, "ru")):
        assert f'<html lang="{language}"' in pages[path]
        assert f'<link rel="canonical" href="{home}{path}">' in pages[path]
    assert 'property="og:locale" content="ru_RU"' in pages[translation]
    assert re.search(r'<a href="[^"]+" lang="ru" hreflang="ru">Русский</a>', pages[original])
    assert re.search(r'<a href="[^"]+" lang="en" hreflang="en">English</a>', pages[translation])


@pytest.mark.parametrize(
    ("path", "section"),
    [("ru/index.html", "Главная"), ("ru/about/index.html", "О сайте"), (f"{EDITION}/ru/ouse/index.html", "Выпуски"), ("404.html", "")],
)
def test_the_menu_marks_the_section_in_each_language_and_none_where_there_is_no_page(site: Path, path: str, section: str) -> None:
    page = (site / path).read_text(encoding="utf-8")
    menu = page[page.index('class="masthead__menu"') :].partition("</details>")[0]
    assert re.findall(r'<a [^>]*aria-current="[a-z]+"[^>]*>([^<]*)</a>', menu) == [section][: len(section)]


def test_texts_are_in_the_language_of_the_page_and_numbers_are_the_same(site: Path) -> None:
    texts = {"en": "The locks are shut for the frost", "ru": "Шлюзы закрыты из-за мороза"}
    values = {}
    for language, folder in (("en", EDITION), ("ru", f"{EDITION}/ru")):
        other = texts["ru" if language == "en" else "en"]
        page = read(site, f"{folder}/ouse")
        chart = json.loads((site / folder / "ouse/../charts/events-ouse.json").read_text(encoding="utf-8"))
        numbers = (site / folder / "charts/events-ouse.csv").read_text(encoding="utf-8")
        assert texts[language] in page
        assert other not in page
        assert texts[language] in json.dumps(chart, ensure_ascii=False)
        assert texts[language] in numbers
        values[language] = [cell for row in csv.reader(io.StringIO(numbers)) for cell in row if re.fullmatch(r"-?[\d.]+", cell)]
        assert {"1-ouse-01", "1-ouse-02", "1-ouse-03"} <= set(HtmlPage(page).ids)
    assert values["en"] == values["ru"]


def test_what_is_not_translated_is_read_in_the_original(site: Path) -> None:
    page = read(site, f"{EDITION}/ru")
    assert not (site / EDITION / "ru/tarn").exists()
    assert not (site / EDITION / "ru/data").exists()
    links = hrefs(page)
    assert {links["../tarn/"], links["../data/"], links["../../"]} == {"en"}
    assert {links["security/"], links["../../../../ru/"]} == {""}
    assert MARK not in page


def test_data_are_there_once_whatever_languages_they_are_read_in(site: Path) -> None:
    assert {"../../data/events.csv", "../../data/barometer.xlsx"} <= hrefs(read(site, "ru/data")).keys()
    assert {path.suffix for path in (site / "ru/data").iterdir()} == {".html", ".png"}
    assert "event_ru" in (site / "data/events.csv").read_text(encoding="utf-8")


def test_references_name_the_edition_in_its_language(site: Path) -> None:
    record = json.loads((site / EDITION / "ru/ouse/citation.json").read_text(encoding="utf-8"))[0]
    assert (record["URL"], record["language"], record["edition"]) == ("https://ledger.example/issues/1/v1/ru/ouse/", "ru", "1")
    assert '"translationOfWork":{"@id":"https://ledger.example/issues/1/v1/ouse/"}' in read(site, f"{EDITION}/ru/ouse")


def test_the_cover_and_the_sitemap_lead_to_the_translation(site: Path) -> None:
    assert hrefs(read(site, ISSUE))["v1/ru/"] == "ru"
    assert "<loc>https://ledger.example/issues/1/v1/ru/ouse/</loc>" in (site / EDITION / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://ledger.example/ru/about/</loc>" in (site / "sitemap-portal.xml").read_text(encoding="utf-8")


def test_the_edition_holds_its_translation(site: Path, bilingual: tuple[House, Answer]) -> None:
    assert "ru/ouse/index.html" in (site / EDITION / "SHA256SUMS").read_text(encoding="utf-8")
    (packed,) = (site / EDITION).glob("*.zip")
    with zipfile.ZipFile(io.BytesIO(packed.read_bytes())) as archive:
        names = {name.partition("/")[2]: name for name in archive.namelist()}
        page = archive.read(names["data/pages/ru/ouse/index.html"]).decode()
        assert b"event_ru" in archive.read(names[f"data/source/{EVENTS}"])
    assert {"data/source/docs/issues/1/ru/index.md", "data/pages/ru/index.html"} <= names.keys()
    assert "../../ouse/index.html" in hrefs(page)
    assert bilingual[0].run("verify", "--rebuild", EDITION).status == 0


def test_a_translation_that_changes_is_refused_until_an_edition_announces_it(own: House) -> None:
    own.swap(EVENTS, ("Шлюзы закрыты из-за мороза", "Шлюзы закрыты на зиму"))
    own.swap(f"docs/{ISSUE}/ru/index.md", ("Год начался морозом", "Год начался с мороза"))
    own.commit("Better words")
    answer = own.run("publish")
    assert answer.status == 1
    told = answer.stdout + answer.stderr
    assert "1-ouse-02" in told
    assert "ru/index" in told


def test_a_paragraph_whose_original_changed_is_marked_until_it_is_done(own: House) -> None:
    own.swap(ORIGINAL, ("The year began with frost and ended", "The year began with a hard frost and ended"))
    own.swap(TITLE, (FIRST, FIRST + SECOND))
    own.commit("A correction")
    listed = own.run("check").stdout
    assert "1 paragraph to translate anew" in listed
    assert f"docs/{ISSUE}/ru/index.md:10: translation" in listed
    assert f"docs/{ISSUE}/ru/index.md:10: translation" in own.run("status", ISSUE).stdout
    published(own)
    page = own.read("issues/1/v2/ru/index.html")
    assert re.search(rf'<p class="outdated">{re.escape(MARK)} <a [^>]*href="../"', page)
    assert "О морозе рассказано лучше" in page
    assert "Есть более новая версия." in own.read(f"{EDITION}/ru/index.html")
    assert own.run("verify").status == 0
    assert own.run("translate", ISSUE, "ru", "--done", "index").status == 0
    assert "to translate anew" not in own.run("check").stdout


def test_a_translation_is_read_beside_its_original(visit_quietly: Callable[..., Page], site: Path) -> None:
    with serving(site) as address:
        page = visit_quietly(f"{address}/{EDITION}/ru/")
        button = page.get_by_role("button", name="Оригинал рядом с переводом")
        button.click()
        pair = page.locator(".pair").filter(has_text="Год начался морозом")
        expect(pair.locator(".pair__original")).to_have_text("The year began with frost and ended in water.")
        expect(pair.locator(".pair__original")).to_have_attribute("lang", "en")
        for width in (1300, 390):
            page.set_viewport_size({"width": width, "height": 900})
            boxes = [pair.locator(part).bounding_box() for part in ("> p", ".pair__original")]
            assert boxes[0] and boxes[1]
            assert (boxes[0]["y"] < boxes[1]["y"]) == (width == 390)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        ids: list[str] = page.locator("[id]").evaluate_all("(all) => all.map((part) => part.id)")
        assert len(set(ids)) == len(ids)
        button.click()
        expect(pair.locator(".pair__original")).to_be_hidden()
