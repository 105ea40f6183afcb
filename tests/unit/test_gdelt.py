"""Events of GDELT, of made rows: brought in as they are, counted as by hand, and refused with their lines."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result
from examples import FEW
from hypothesis import given
from hypothesis import strategies as st
from trees import FIXTURES, ROOT

from hooks.publishing.cli import main
from macros.book import Book, open_book
from macros.exports import parquet
from macros.imports import gdelt, gdelt_mapping, gdelt_partitions
from macros.partitions import compute
from macros.problems import DataError

MAPPING = """
source: compass-2
text: "{actor1} {event} {actor2}"
relationships:
  veldia: [[KES, VEL], [KES, ULD]]
  amberland: [[AMB, KES]]
actors: {KES: Kestria, VEL: Veldia, ULD: Old Veldia, AMB: Amberland}
events:
  "03": offers co-operation to
  036: offers to meet
  10: demands something of
"""
GOLDSTEIN = (("lowest: -5", "lowest: -10"), ("highest: 5", "highest: 10\n  step: 0.1"))
"""What makes the scale of the fixture that of Goldstein (1992): one decimal, from -10 to 10."""


def row(
    number: int, day: str = "20230405", pair: tuple[str, str] = ("KES", "VEL"), kind: str = "036", score: str = "4.0", width: int = 61
) -> str:
    """A row as GDELT writes it."""
    cells = [""] * width
    cells[0], cells[1], cells[7], cells[17], cells[30], cells[-1] = str(number), day, *pair, score, 'https://news.example/"1'
    cells[26], cells[27], cells[28] = kind, kind[:3], kind[:2]
    return "\t".join(cells)


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The monitor of the fixtures, with the scale of Goldstein."""
    root = Path(shutil.copytree(FIXTURES / "good", tmp_path_factory.mktemp("gdelt") / "monitor"))
    scales = root / "data/scales.yml"
    text = scales.read_text(encoding="utf-8")
    for old, new in GOLDSTEIN:
        text = text.replace(old, new, 1)
    scales.write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def book(monitor: Path) -> Book:
    return open_book(monitor)


def laid(place: Path, rows: Sequence[str], name: str = "20230405.export.CSV", mapping: str = MAPPING) -> tuple[str, str]:
    """A file of rows, and the option that names the mapping beside it."""
    (place / "gdelt.yml").write_text(mapping, encoding="utf-8")
    (place / name).write_text("".join(f"{line}\n" for line in rows), encoding="utf-8")
    return str(place / name), f"--mapping={place / 'gdelt.yml'}"


def run(root: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(words[0]), "--root", str(root), *map(str, words[1:])], catch_exceptions=False)


def kept(folder: Path) -> list[tuple[object, ...]]:
    """Every row of a folder of partitions, by issue."""
    columns = "issue, id, relationship, date, event, score, source"
    files = f"read_parquet('{folder}/*/*.parquet', hive_partitioning = true, hive_types = {{'issue': VARCHAR}})"
    return duckdb.connect().sql(f"SELECT {columns} FROM {files} ORDER BY ALL").fetchall()


def test_rows_become_events_of_their_issues(monitor: Path, tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, "20230701", ("VEL", "KES"), "0311", "-2.5"),
        row(3, "20230406", ("KES", "AMB"), "10", "0.1"),
        row(4, pair=("AMB", "VEL")),
        row(5, pair=("KES", "KES")),
        row(6, score=""),
        row(7, "20001231"),
        row(8, "20240101", ("ULD", "KES")),
    ]
    told = run(monitor, "gdelt", *laid(tmp_path, rows), "--into", tmp_path / "events")
    assert told.stdout == (
        "4 events of 1 file\nleft out: 1 without a score, 1 of a day of no issue; rows of other countries are passed over\n"
        f"wrote 3 files into {tmp_path / 'events'}\n"
    )
    assert kept(tmp_path / "events") == [
        ("2", "1", "veldia", "2023-04-05", "Kestria offers to meet Veldia", Decimal(4), "compass-2"),
        ("2", "3", "amberland", "2023-04-06", "Kestria demands something of Amberland", Decimal("0.1"), "compass-2"),
        ("3", "2", "veldia", "2023-07-01", "Veldia offers co-operation to Kestria", Decimal("-2.5"), "compass-2"),
        ("5", "8", "veldia", "2024-01-01", "Old Veldia offers to meet Kestria", Decimal(4), "compass-2"),
    ]
    _, *lines = run(monitor, "index", tmp_path / "events").stdout.splitlines()
    assert lines == ["2,amberland,0.1,0.1,0,1", "2,veldia,4,4,0,1", "3,veldia,-2.5,0,-2.5,1", "5,veldia,4,4,0,1"]
    schema = duckdb.connect().sql(f"SELECT name FROM parquet_schema('{tmp_path}/events/issue=2/*.parquet')").fetchall()
    assert tuple(name for (name,) in schema[1:]) == parquet.COLUMNS


def test_the_guide_has_this_example() -> None:
    guide = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    assert f"```yaml{MAPPING}```" in guide
    for line in ("1,veldia,2023-04-05,Kestria offers to meet Veldia,4.0", "2,veldia,2023-07-01,Veldia offers co-operation to Kestria,-2.5"):
        assert f"\n{line},compass-2\n" in guide


def test_a_file_that_is_brought_in_again_replaces_what_it_gave(monitor: Path, tmp_path: Path) -> None:
    folder = tmp_path / "events"
    for rows in ([row(1), row(2, "20230701")], [row(1, score="-1.0")]):
        assert run(monitor, "gdelt", *laid(tmp_path, rows), "--into", folder).exit_code == 0
    assert [(issue, number, score) for issue, number, *_, score, _ in kept(folder)] == [("2", "1", Decimal(-1))]
    first = {path: path.read_bytes() for path in folder.rglob("*.parquet")}
    assert run(monitor, "gdelt", *laid(tmp_path, [row(1, score="-1.0")]), "--into", folder).exit_code == 0
    assert first == {path: path.read_bytes() for path in folder.rglob("*.parquet")}
    told = run(monitor, "gdelt", *laid(tmp_path, [row(2), row(1)], "next.CSV"), "--into", folder)
    there = "issue=2/gdelt-20230405-export-csv.parquet"
    assert told.exit_code == 1
    assert f"{tmp_path}/next.CSV:2: GLOBALEVENTID: 1 is in {there} already; each event stands once\n1 finding" in told.stdout
    assert first == {path: path.read_bytes() for path in folder.rglob("*.parquet")}


@pytest.mark.parametrize("width", [57, 58, 61])
def test_files_of_every_version_are_read(width: int, monitor: Path, tmp_path: Path) -> None:
    rows = [row(number, width=width) for number in range(1, 4)]
    assert run(monitor, "gdelt", *laid(tmp_path, rows), "--into", tmp_path / "events").stdout.startswith("3 events of 1 file\n")


FAULTS = [
    (row(9, score="11.0"), "GoldsteinScale: 11 is outside -10..10"),
    (row(9, score="3.45"), "GoldsteinScale: '3.45' is between two steps; scores go in steps of 0.1"),
    (row(9, score="good"), "GoldsteinScale: 'good' is not a number"),
    (row(9, score="1e9"), "GoldsteinScale: 1e9 is outside -10..10"),
    (row(9, day="20230230"), "SQLDATE: '20230230' is no day"),
    (row(9, day="2023-04-05"), "SQLDATE: '2023-04-05' is no day"),
    (row(9, day=""), "SQLDATE: '' is no day"),
    (row(9, score="4.\u200b0"), "GoldsteinScale: holds the invisible character U+200B"),
    (row(1), "GLOBALEVENTID: 1 stands in a row above already"),
    (row(9).replace("9\t", "A9\t", 1), "GLOBALEVENTID: 'A9' is no number of an event"),
    (row(9, width=60), "row: has 60 columns; the first row has 61"),
    (row(9, width=62), "row: has 62 columns; the first row has 61"),
    (row(9, kind="\udce936"), "row: holds what is no UTF-8; save the file as UTF-8"),
]


@pytest.mark.parametrize(("fault", "finding"), FAULTS)
def test_a_bad_row_is_refused_with_its_line_and_nothing_is_written(fault: str, finding: str, monitor: Path, tmp_path: Path) -> None:
    file, mapping = laid(tmp_path, [])
    rows = [row(1).replace("news", "n\udce9ws"), "", "a\tshort\trow", fault, row(3, score="-11.0"), row(4)]
    Path(file).write_bytes("".join(f"{line}\r\n" for line in rows).encode("utf-8", "surrogateescape"))
    told = run(monitor, "gdelt", file, mapping, "--into", tmp_path / "events")
    assert told.exit_code == 1
    assert told.stdout.splitlines()[0] == f"{file}:3: row: has 3 columns; the first row has 61"
    assert told.stdout.splitlines()[1].startswith(f"{file}:4: {finding}")
    assert told.stdout.splitlines()[2:] == [f"{file}:5: GoldsteinScale: -11 is outside -10..10", "3 findings"]
    assert not (tmp_path / "events").exists()


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (("compass-2", "compass-9"), ":2: source: 'compass-9' is not one of the sources; did you mean 'compass-2'?"),
        (("  veldia:", "  veldja:"), ":5: veldja: 'veldja' is not one of the relationships; did you mean 'veldia'?"),
        (("[AMB, KES]", "[KES, VEL]"), ":6: amberland: names KES and VEL, who stand above already; each pair stands once"),
        (("[AMB, KES]", "[amb, KES]"), "'amb' is no code of a country; allowed: three capital letters of CAMEO"),
        ((", AMB: Amberland", ""), ":7: actors: has no name for AMB, which relationships name; add it"),
        (("{event}", "{verb}"), ":3: text: holds {verb}; allowed: {actor1}, {event}, {actor2}"),
        (('"{actor1}', '"={actor1}'), ":3: text: begins with '='"),
        (("  10: demands", "  1: demands"), "'1' is no code of an event; allowed: two to four digits of CAMEO, such as 036"),
        (("source: compass-2\n", ""), ":2: source: is missing; it is needed: What every row rests on"),
        (('  "03": offers co-operation to\n  036: offers to meet\n', ""),
         ":8: events: has no words for '036', the event of 2 rows; add it, or '03' for all of its kind"),
    ],
)  # fmt: skip
def test_what_a_mapping_lacks_is_a_finding(change: tuple[str, str], finding: str, monitor: Path, tmp_path: Path) -> None:
    assert change[0] in MAPPING
    told = run(monitor, "gdelt", *laid(tmp_path, [row(1), row(2)], mapping=MAPPING.replace(*change)), "--into", tmp_path / "events")
    assert told.exit_code == 1 and finding in told.stdout, told.stdout
    assert not (tmp_path / "events").exists()


def test_files_that_cannot_be_read_are_findings(monitor: Path, tmp_path: Path) -> None:
    file, mapping = laid(tmp_path, [row(1)])
    (tmp_path / "table.csv").write_text("id,score\n1,2\n")
    (tmp_path / "copy").mkdir()
    shutil.copy(file, tmp_path / "copy")
    copy = str(tmp_path / "copy/20230405.export.CSV")
    told = run(monitor, "gdelt", file, copy, str(tmp_path / "no.csv"), str(tmp_path / "table.csv"), mapping, "--into", tmp_path / "events")
    assert told.exit_code == 1
    for finding in (
        f"{copy}:1: file: has the name of another file; bring in each file once",
        f"{tmp_path}/no.csv:1: file: is no ordinary file",
        f"{tmp_path}/table.csv:1: file: has 1 columns parted by tabs; allowed: 57 (GDELT 1.0 before April 2013), 58 (GDELT 1.0), 61",
    ):
        assert finding in told.stdout, told.stdout
    assert run(monitor, "gdelt", file, mapping, "--dry-run", "--into", tmp_path / "events").stdout.startswith("1 event of 1 file\n")
    assert not (tmp_path / "events").exists()


PAIRS = {("KES", "VEL"): "veldia", ("ULD", "KES"): "veldia", ("KES", "AMB"): "amberland", ("AMB", "VEL"): ""}
EVENTS = st.tuples(
    st.dates(date(2022, 12, 1), date(2024, 3, 31)),
    st.sampled_from(sorted(PAIRS)),
    st.sampled_from(["03", "036", "0356", "101"]),
    st.none() | st.integers(-100, 100),
)


@FEW
@given(st.lists(EVENTS, max_size=30))
def test_indices_are_the_sums_of_the_rows(book: Book, events: list[tuple[date, tuple[str, str], str, int | None]]) -> None:
    sums: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for day, pair, _, tenths in events:
        issue = (day.year - 2023) * 4 + (day.month - 1) // 3 + 1
        if PAIRS[pair] and issue > 0 and tenths is not None:
            sums[str(issue), PAIRS[pair]].append(Fraction(tenths, 10))
    rows = [
        row(number, f"{day:%Y%m%d}", pair, kind, "" if tenths is None else f"{tenths / 10:.1f}")
        for number, (day, pair, kind, tenths) in enumerate(events)
    ]
    with tempfile.TemporaryDirectory() as place:
        file, _ = laid(Path(place), rows or [row(0, pair=("AMB", "VEL"))])
        mapping = gdelt_mapping.read(Path(place, "gdelt.yml"), book)
        gdelt_partitions.write(gdelt.read([Path(file)], mapping, book), Path(place, "events"))
        scale = book.scales.relationship
        assert scale is not None
        scales = dict.fromkeys(("veldia", "amberland"), scale)
        computed = compute(Path(place, "events"), "duckdb", scales, Path(place, "cache")).indices if sums else []
    found = {(one.issue, one.series): (Fraction(one.value.aggregate), one.value.rows) for one in computed}
    assert found == {name: (sum(scores), len(scores)) for name, scores in sums.items()}


@FEW
@given(st.integers(0, 5000), st.binary(max_size=8) | st.sampled_from([b"\n", b"\r", b"\t", b'"', b"\0"]), st.booleans())
def test_a_file_that_is_damaged_anywhere_is_read_or_refused(book: Book, at: int, noise: bytes, over: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        file, _ = laid(Path(place), [row(number) for number in range(40)])
        whole = Path(file).read_bytes()
        Path(file).write_bytes(whole[:at] + noise + whole[at + len(noise) * over :])
        mapping = gdelt_mapping.read(Path(place, "gdelt.yml"), book)
        try:
            assert gdelt.read([Path(file)], mapping, book).counts.taken >= 37
        except DataError as error:
            lines = len(Path(file).read_text(encoding="latin-1").splitlines())
            assert all(problem.path == file and 1 <= problem.line <= lines + 1 and ";" in problem.message for problem in error.problems)


def test_days_lie_in_issues_that_are_here_or_to_come(book: Book) -> None:
    days = [date(2023, 1, 1) + timedelta(days) for days in (-1, 0, 89, 90, 365)]
    assert list(gdelt.issues_of(book, days).values()) == ["1", "1", "2", "5"]
