"""The repository's own rules. What breaks one is named by file and line."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from macros.book import Book
from macros.charts import CHARTS
from macros.exports.schemas import schemas
from macros.pages import MACROS, WHERE, BuildContext
from macros.target import Target

ROOT = Path(__file__).parents[1]
CODE = sorted(path.relative_to(ROOT).as_posix() for room in ("macros", "hooks") for path in (ROOT / room).rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


@cache
def tracked() -> tuple[tuple[str, str], ...]:
    """Every text file of the repository that git has or would take, with its text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    texts = []
    for name in sorted(set(filter(None, listed.split("\0")))):
        if (ROOT / name).is_file():
            try:
                texts.append((name, (ROOT / name).read_text(encoding="utf-8")))
            except UnicodeDecodeError:
                continue  # a picture
    return tuple(texts)


def lines_with(pattern: str, files: Iterator[tuple[str, str]]) -> list[str]:
    """`file:line: words` for everything that a pattern finds."""
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}: {', '.join(sorted({match[0] for match in wanted.finditer(line)}))}"
        for name, text in files
        for number, line in enumerate(text.splitlines(), 1)
        if wanted.search(line)
    ]


# Walls between the rooms ---------------------------------------------------------------------


def module(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {module(file) for file in CODE}


def imports(file: str) -> dict[str, int]:
    """What a file imports, each as the name of a module, with its line."""
    found: dict[str, int] = {}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name: node.lineno for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {(name if name in MODULES else node.module): node.lineno for name in names}
    return found


def within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


DATA = (
    "macros.problems",
    "macros.json_text",
    "macros.language_tags",
    "macros.catalogues",
    "macros.language",
    "macros.date_guess",
    "macros.date_words",
    "macros.dates",
    "macros.periods",
    "macros.identifiers",
    "macros.fields",
    "macros.creators",
    "macros.copies",
    "macros.scales",
    "macros.vocabularies",
    "macros.model",
    "macros.yaml_lines",
    "macros.messages",
    "macros.translations",
    "macros.text_files",
    "macros.table_words",
)
NUMBERS = (
    *DATA,
    "macros.load",
    "macros.rules",
    "macros.validate",
    "macros.book",
    "macros.translated_book",
    "macros.sums",
    "macros.indices",
    "macros.comparison",
    "macros.words",
)
BEFORE_RENDER = (
    *NUMBERS,
    "macros.changes",
    "macros.archive",
    "macros.names",
    "macros.citable_rows",
    "macros.cite",
    "macros.records",
    "macros.target",
    "macros.translated_pages",
    "macros.charts",
    "macros.exports",
)
WALLS: dict[str, tuple[str, ...]] = {
    "macros.problems": (),
    "macros.json_text": (),
    "macros.language_tags": (),
    "macros.catalogues": ("macros.language_tags", "macros.problems"),
    "macros.language": ("macros.catalogues", "macros.language_tags"),
    "macros.date_guess": (),
    "macros.dates": ("macros.language", "macros.date_guess"),
    "macros.date_words": ("macros.dates", "macros.language"),
    "macros.target": (),
    "macros.identifiers": (),
    "macros.periods": ("macros.dates",),
    "macros.fields": ("macros.dates", "macros.identifiers", "macros.language_tags"),
    "macros.scales": ("macros.fields",),
    "macros.creators": ("macros.fields",),
    "macros.copies": ("macros.fields",),
    "macros.vocabularies": ("macros.fields", "macros.language", "macros.spellings"),
    "macros.model": (
        "macros.dates",
        "macros.periods",
        "macros.fields",
        "macros.creators",
        "macros.copies",
        "macros.scales",
        "macros.vocabularies",
    ),
    "macros.yaml_lines": ("macros.problems",),
    "macros.text_files": ("macros.problems",),
    "macros.table_words": ("macros.problems", "macros.fields", "macros.model", "macros.yaml_lines"),
    "macros.messages": ("macros.problems", "macros.fields", "macros.model"),
    "macros.csv_lines": ("macros.problems",),
    "macros.translations": ("macros.csv_lines", "macros.fields", "macros.language_tags", "macros.messages"),
    "macros.load": (*DATA, "macros.csv_lines"),
    "macros.rules": (*DATA, "macros.load", "macros.rules"),
    "macros.validate": (*DATA, "macros.load", "macros.rules"),
    "macros.book": (*DATA, "macros.load", "macros.validate"),
    "macros.translated_book": (*DATA, "macros.load", "macros.validate", "macros.book"),
    "macros.sums": ("macros.fields", "macros.scales"),
    "macros.engines": ("macros.problems", "macros.sums"),
    "macros.partition_checks": (*DATA, "macros.engines"),
    "macros.partitions": (*DATA, "macros.all_or_none", "macros.engines", "macros.partition_checks", "macros.sums"),
    "macros.indices": (*DATA, "macros.book", "macros.sums"),
    "macros.comparison": (*DATA, "macros.book", "macros.indices"),
    "macros.words": (*DATA, "macros.book"),
    "macros.spellings": (),
    "macros.scripts": (),
    "macros.names": (*DATA, "macros.words"),
    "macros.citable_rows": ("macros.book", "macros.language"),
    "macros.cite": (*DATA, "macros.book", "macros.names", "macros.target", "macros.words"),
    "macros.records": (*DATA, "macros.cite", "macros.names", "macros.words", "macros.records"),
    "macros.changes": (*NUMBERS, "macros.changes"),
    "macros.archive": (*NUMBERS, "macros.changes"),
    "macros.charts": (*NUMBERS, "macros.scripts", "macros.charts"),
    "macros.exports": (*NUMBERS, "macros.changes", "macros.cite", "macros.records", "macros.target", "macros.exports"),
    "macros.all_or_none": (),
    "macros.imports": (*NUMBERS, "macros.all_or_none", "macros.exports", "macros.imports", "macros.partition_checks"),
    "macros.pages": (*BEFORE_RENDER, "macros.scripts", "macros.spellings", "macros.release", "macros.pages"),
    "macros.calls": (),
    "macros.heading_ids": (),
    "macros.chart_ids": ("macros.problems", "macros.calls"),
    "macros.printed_rows": ("macros.problems", "macros.calls", "macros.book"),
    "macros.front_matter": ("macros.yaml_lines",),
    "macros.page_html": (*DATA, "macros.front_matter"),
    "macros.page_blocks": ("macros.front_matter",),
    "macros.translated_pages": (*NUMBERS, "macros.target"),
    "macros.begun_translations": (*DATA, "macros.load", "macros.page_blocks", "macros.target"),
    "macros.check_translations": (
        *NUMBERS,
        "macros.calls",
        "macros.front_matter",
        "macros.page_blocks",
        "macros.target",
        "macros.translated_pages",
    ),
    "macros.page_words": (*NUMBERS, "macros.charts"),
    "macros.check_pages": (
        "macros.calls",
        "macros.chart_ids",
        "macros.check_translations",
        "macros.front_matter",
        "macros.page_blocks",
        "macros.printed_rows",
        "macros.page_html",
        "macros.page_words",
        *NUMBERS,
        "macros.charts",
        "macros.pages",
        "macros.target",
    ),
    "macros.release": (
        "macros.calls",
        "macros.front_matter",
        "macros.page_html",
        *NUMBERS,
        "macros.changes",
        "macros.archive",
        "macros.release",
    ),
    "macros.page_templates": ("macros.language",),
    "macros.drafts": (*NUMBERS, "macros.page_templates"),
    "macros.monitor": ("macros.yaml_lines", "macros.language", "macros.page_templates"),
    "macros.register": ("macros.calls", *NUMBERS, "macros.target", "macros.pages"),
    "macros": ("macros.register",),
    "hooks": ("macros", "hooks.publishing"),
}
"""What of ours each room may import; the longest name that fits a file counts."""

LIBRARIES: dict[str, tuple[str, ...]] = {
    "babel": (
        "macros.language_tags",
        "macros.catalogues",
        "macros.language",
        "macros.date_words",
        "macros.words",
        "macros.pages.program_words",
    ),
    "mkdocs": ("macros.register", "hooks"),
    "packaging": ("hooks.publishing",),
    "bagit": ("hooks.publishing",),
    "pypdf": ("hooks.publishing",),
    "warcio": ("hooks.publishing.wacz",),
    "pagefind_bin": ("hooks.publishing",),
    "git": ("hooks.publishing",),
    "subprocess": ("hooks.publishing",),
    "click": ("hooks.publishing",),
    "rich": ("hooks.publishing",),
    "altair": ("macros.charts",),
    "vl_convert": ("macros.pages.charts", "hooks.assets"),
    "markdown": ("macros.page_html", "macros.heading_ids"),
    "yaml": ("macros.yaml_lines", "macros.drafts", "macros.monitor", "hooks.publishing"),
    "xlsxwriter": ("macros.exports",),
    "python_calamine": ("macros.imports.sheets",),
    "charset_normalizer": ("macros.imports.sheets",),
    "narwhals": ("macros.sums", "macros.engines", "macros.partitions", "macros.indices", "macros.charts"),
    "duckdb": ("macros.engines", "macros.partition_checks", "macros.exports.parquet", "macros.imports"),
    "polars": ("macros.engines",),
    "pyspark": ("macros.engines",),
    "weasyprint": ("hooks.publishing",),
    "tinyhtml5": (),
    "watchfiles": ("hooks.publishing.preview", "hooks.publishing.checking"),
    "http.server": ("hooks.publishing.preview_server",),
    "mkdocs.livereload": (),
    "socket": ("hooks.publishing.web_request",),
    "requests": (),
    "urllib.request": ("hooks.publishing.web_request",),
}
"""Who may import a library that belongs to one room."""


def room(file: str) -> str:
    return max((one for one in WALLS if within(module(file), (one,))), key=len)


@pytest.mark.parametrize("file", CODE)
def test_a_room_imports_only_what_lies_before_it(file: str) -> None:
    ours = {name: line for name, line in imports(file).items() if within(name, ("macros", "hooks"))}
    assert [f"{file}:{line}: imports {name}" for name, line in ours.items() if not within(name, WALLS[room(file)])] == []


@pytest.mark.parametrize("file", CODE)
def test_libraries_stay_in_their_room(file: str) -> None:
    astray = [
        f"{file}:{line}: imports {name}"
        for name, line in imports(file).items()
        for library, rooms in LIBRARIES.items()
        if within(name, (library,)) and not within(module(file), rooms)
    ]
    assert astray == []


@pytest.mark.parametrize("file", CODE)
def test_no_private_name_of_a_library_is_used(file: str) -> None:
    nodes = list(ast.walk(tree(file)))
    foreign = {
        (alias.asname or alias.name).partition(".")[0]: node.lineno
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if not within(getattr(node, "module", None) or alias.name, ("macros", "hooks", *sys.stdlib_module_names))
    }
    taken = [
        f"{file}:{node.lineno}: {alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom) and not within(node.module or "", ("macros", "hooks", *sys.stdlib_module_names))
        for alias in node.names
        if alias.name.startswith("_")
    ]
    for node in nodes:
        if isinstance(node, ast.Attribute) and re.match("_(?!_)", node.attr):
            root: ast.AST = node.value
            while isinstance(root, ast.Attribute | ast.Call):
                root = root.value if isinstance(root, ast.Attribute) else root.func
            if isinstance(root, ast.Name) and root.id in foreign:
                taken.append(f"{file}:{node.lineno}: {ast.unparse(node)}")
    assert taken == []


READS = {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob"}
READERS = {
    "macros/load.py": "the room that reads data/",
    "macros/text_files.py": "reads one file for the rooms that may",
    "macros/table_words.py": "reads the words of tables that come with the program",
    "macros/language.py": "reads the catalogues that come with the program",
    "macros/imports/sheets.py": "reads the files that people bring in",
    "macros/imports/gdelt.py": "reads events of GDELT",
    "macros/imports/gdelt_faults.py": "finds the lines of those that are wrong",
    "macros/imports/gdelt_mapping.py": "reads which of them are whose",
    "macros/imports/gdelt_partitions.py": "finds what an earlier run made of them",
    "macros/check_pages.py": "checks which macros the pages under docs/ call",
    "macros/check_translations.py": "reads translated pages beside their originals",
    "macros/begun_translations.py": "reads the pages that are to be translated",
    "macros/translated_pages.py": "lists the pages of translations",
    "macros/page_html.py": "checks what they make of Markdown, with the extensions that mkdocs.yml names",
    "macros/archive.py": "reads the pages of published editions, laid out by publishing",
    "macros/page_templates.py": "reads the texts from which pages and publications are made",
    "macros/monitor.py": "reads the templates of new monitors",
    "macros/partitions.py": "lists partitions, and keeps their sums in the cache",
    "macros/exports/parquet.py": "compares with what an earlier export wrote",
    "macros/pages/charts.py": "keeps pictures in the cache",
}
"""Who under macros/ reads files, and why."""


@pytest.mark.parametrize("file", [file for file in CODE if file.startswith("macros/")])
def test_only_load_reads_data(file: str) -> None:
    calls = [node for node in ast.walk(tree(file)) if isinstance(node, ast.Call)]
    names = {(node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node.lineno) for node in calls}
    reads = [f"{file}:{line}: {name}" for name, line in names if name in READS]
    assert bool(reads) == (file in READERS), reads or f"{file} reads nothing any more; take it out of READERS"


# No place and no party in the code -----------------------------------------------------------

CAPITALS = "Minsk Moscow Kyiv Kiev Brussels Beijing Washington Warsaw Vilnius Riga Berlin Paris London Kremlin Crimea Donbas Astana Ankara"
PARTIES = "Lukashenka Lukashenko Putin Zelensky Zelenskyy Biden Makiej Tikhanovskaya Tsikhanouskaya NATO CSTO OSCE EAEU Kyrgyzstan Eurasian"
GENERAL = {"world", "All partners"}


def test_no_place_or_party_is_named_in_the_code(real_book: Book) -> None:
    words = real_book.vocabularies
    named = {real_book.series.country, real_book.series.title, *words.partners.values(), *words.partners, *words.actors}
    named |= {text for one in real_book.relationships for text in (one.id, one.label)}
    countries = {name for name in named - GENERAL if len(name) > 2 and name not in {"west", "neighbours", "opposition"}}
    pattern = "|".join(re.escape(word) for word in sorted(countries | {*CAPITALS.split(), *PARTIES.split()}, key=len, reverse=True))
    code = (one for one in tracked() if one[0].startswith(("macros/", "hooks/")))
    assert lines_with(rf"(?i)\b(?:{pattern})(?:n|s|ian|'s)?\b", code) == []


# Size and words of the code ------------------------------------------------------------------

FILE, FUNCTION = 320, 40
ROOMIER = {"macros/model.py": 540}
"""THE definition of each field is a list that grows."""


def functions(file: str) -> Iterator[tuple[str, Function]]:
    """Every function and method with its dotted name."""

    def below(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield prefix + child.name, child
            elif isinstance(child, ast.ClassDef):
                yield from below(child, f"{prefix}{child.name}.")

    return below(tree(file), "")


@pytest.mark.parametrize("file", CODE)
def test_files_and_functions_are_short(file: str) -> None:
    lines = len((ROOT / file).read_text(encoding="utf-8").splitlines())
    assert lines <= ROOMIER.get(file, FILE), f"{file} has {lines} lines"
    long = [f"{file}:{one.lineno}: {name} has {length(one)} lines" for name, one in functions(file) if length(one) > FUNCTION]
    assert long == []


def length(function: Function) -> int:
    """Lines of a function without its docstring, which may be as long as it needs."""
    first = function.body[0]
    doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return (function.end_lineno or 0) - function.lineno + 1 - ((first.end_lineno or 0) - first.lineno + 1 if doc else 0)


EVENTS = ["config", "files", "page_markdown", "page_context", "template_context", "post_page", "post_build", "env", "nav", "startup"]
FOR_A_LIBRARY = {"handle_starttag", "handle_endtag", "handle_data", "emit", "define_env", "on_post_page_macros", "main"}
FOR_A_LIBRARY |= {f"on_{event}" for event in EVENTS}
"""Names that a library gives and calls; what their arguments are stands in its own manual."""


def undocumented(file: str) -> Iterator[str]:
    """Every public class or function without a docstring, or with more than two arguments that it does not explain."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
            yield f"{file}:{node.lineno}: class {node.name} has no docstring"
    if Path(file).name.startswith("_") and Path(file).name != "__init__.py":
        return  # for its neighbours in the room only
    for name, one in functions(file):
        if any(part.startswith("_") for part in name.split(".")) or one.name in FOR_A_LIBRARY or _is_command(one):
            continue
        doc = ast.get_docstring(one) or ""
        several = len([arg for arg in (*one.args.args, *one.args.kwonlyargs) if arg.arg not in {"self", "cls", "context"}]) > 2
        if not doc and not any(getattr(mark, "id", "").endswith("property") for mark in one.decorator_list):
            yield f"{file}:{one.lineno}: {name} has no docstring"
        elif several and "Args:" not in doc:
            yield f"{file}:{one.lineno}: {name} does not say what its arguments are (Args:)"


def _is_command(function: Function) -> bool:
    """Whether people run it: its docstring is what `--help` shows, and click documents the options."""
    return any(".command(" in f"{ast.unparse(mark)}(" for mark in function.decorator_list)


@pytest.mark.parametrize("file", CODE)
def test_what_is_public_is_documented(file: str) -> None:
    assert list(undocumented(file)) == []


# Documentation -------------------------------------------------------------------------------

GUIDE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
ENTRIES = {one[1]: one[0] for one in re.finditer(r"^### (\w+)\n.*?(?=^### |^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)}
PLACES = {"portal": "", "covers": "issues/19", "issues": "issues/19", "any publication": "issues/19", "non-papers": "non-papers/2020-forum"}


@cache
def table_of_charts() -> dict[str, str]:
    """The calls of the guide's table of charts -> where they work."""
    rows = re.findall(r"^\|[^|\n]+\|([^|\n]+)\|([^|\n]+)\|$", ENTRIES["chart"], re.MULTILINE)
    return {call: where.strip() for calls, where in rows for call in re.findall(r"`(chart\(.*?\))`", calls)}


def places(where: str, call: str, book: Book) -> list[str]:
    """Targets of the real book on whose pages a call must work."""
    found: list[str] = []
    for word in where.split(", "):
        if word == "policy papers":
            papers = [one for one in book.of_kind("policy-paper") if (one.judgements if "judgements" in call else one.recommendations)]
            found += [one.address for one in papers]
        elif word == "any publication" and (figure := re.search(r'figure="([^"]+)"', call)):
            found += [one.address for one in book.volumes if any(row.figure == figure[1] for row in one.figures)]
        else:
            found.append(PLACES[word])
    return [f"{one}/v{book.volume(one).edition.number}" if one and where != "covers" else one for one in found]


def call(text: str, context: BuildContext) -> str:
    """Call a macro as a page does."""
    return str(eval(text.strip("{} \n"), {name: (lambda *a, _m=macro, **k: _m(context, *a, **k)) for name, macro in MACROS.items()}))


def test_the_guide_says_where_each_macro_may_stand() -> None:
    told = dict(re.findall(r"^### (\w+)\n\n(?:(?!^###).*\n)*?.*Where: ([^.]*)\.", GUIDE, re.MULTILINE))
    assert told == WHERE | {"chart": "see the list"}


def test_every_macro_is_in_the_guide_and_no_other() -> None:
    assert set(ENTRIES) == set(MACROS)
    assert {re.match(r'chart\("([^"]+)"', call)[1] for call in table_of_charts()} == set(CHARTS)  # type: ignore[index]


@pytest.mark.parametrize("macro", ENTRIES)
def test_the_example_of_a_macro_works_where_it_says(macro: str, real_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.pages.charts.cached", lambda *_: b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300"></svg>')
    entry = ENTRIES[macro]
    examples = re.findall(r"```jinja\n(.*?)\n```", entry, re.DOTALL)
    where = re.search(r"Where: ([^.\n]+)\.", entry)
    assert examples, "the entry has no example"
    assert where, "the entry does not say where the macro may stand"
    assert re.search(r"Arguments: ", entry), "the entry does not name the arguments"
    for example in examples:
        stated = table_of_charts()[example.strip("{} ")] if macro == "chart" else where[1]
        for place in places(stated, example, real_book):
            assert call(example, context(real_book, place)).strip()


def context(book: Book, place: str) -> BuildContext:
    target = Target.parse(place)
    return BuildContext(book, target, page=target.path or "policy/")


@pytest.mark.parametrize("chart", table_of_charts())
def test_every_chart_of_the_guide_works_where_it_says(chart: str, real_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.pages.charts.cached", lambda *_: b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300"></svg>')
    found = places(table_of_charts()[chart], chart, real_book)
    assert found
    for place in found:
        assert "<figure" in call(chart, context(real_book, place))


@pytest.mark.parametrize("name", sorted(schemas()))
def test_schemas_are_those_of_the_model(name: str) -> None:
    stored = ROOT / "docs" / "schemas" / name
    assert stored.is_file() and stored.read_text(encoding="utf-8") == schemas()[name], f"docs/schemas/{name} is stale: run make schemas"


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in (ROOT / "docs" / "schemas").iterdir()} == set(schemas())


@pytest.mark.parametrize("page", ["README.md", "docs/contributing.md", "docs/editors.md", ".ci/run", ".github/workflows/check.yml"])
def test_make_targets_that_are_named_exist(page: str) -> None:
    path = ROOT / page
    if not path.is_file() or not path.stat().st_size:
        pytest.skip(f"{page} is not written yet")
    recipes = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "tests/targets.mk"))
    targets = set(re.findall(r"^([a-z]+):", recipes, re.MULTILINE))
    named = set(re.findall(r"(?:`|^\s*(?:run: )?|&& )make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert named - targets == set()


# What must not stand in any file -------------------------------------------------------------

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MACHINE = r"(?:/home/|/root/|/Users/|/tmp/|/work/|[A-Z]:\\Users)\w+"
INDEX = r"(?:--(?:extra-)?index-url|--find-links)\s*[= ]|https?://[\w.-]*(?:pypi|pythonhosted|artifactory|nexus|devpi)[\w.-]*"
SESSION = r"(?i)\b(?:sub-?agents?|helpers? session|the other helper|as an ai|this session|chat ?gpt|claude)\b"


@pytest.mark.parametrize("pattern", [MACHINE, INDEX, SESSION], ids=["path-of-a-machine", "index-address", "words-of-a-workshop"])
def test_no_file_holds(pattern: str) -> None:
    own = Path(__file__).relative_to(ROOT).as_posix()
    files = (one for one in tracked() if one[0] != own and not (one[0] == "Makefile" and pattern == INDEX))
    assert lines_with(pattern, files) == []


def test_make_lock_writes_no_index_address() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--no-emit-index-url" in recipe
    assert not re.search(r"https?://", recipe)


def test_every_locked_package_has_a_version_and_hashes() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", LOCK, flags=re.MULTILINE))
    loose = [
        entry.splitlines()[0]
        for entry in entries
        if entry.strip() and not re.search(r"==\S+.*--hash=sha256:[0-9a-f]{64}", entry, re.DOTALL)
    ]
    assert loose == []
    assert "://" not in LOCK


def test_every_dependency_is_locked() -> None:
    declared = re.findall(r'^  "([a-z0-9-]+)[><=]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(declared) > 10
    assert [name for name in declared if not re.search(rf"^{name}==", LOCK, re.MULTILINE)] == []


# Workflows -----------------------------------------------------------------------------------


def test_zizmor_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--pedantic", "--no-progress", "--format=plain"]
    done = subprocess.run([*command, str(ROOT / ".github/workflows")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    loose = "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{uses: actions/checkout@v4}]}}\n"
    (tmp_path / "loose.yml").write_text(loose, encoding="utf-8")
    assert subprocess.run([*command, str(tmp_path / "loose.yml")], capture_output=True, check=False).returncode != 0
