"""Events of GDELT -> files of Parquet in the partitions of their issues, all or none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from macros import all_or_none
from macros.exports import parquet
from macros.imports.gdelt import Gdelt
from macros.imports.gdelt_faults import lines_of, part_name
from macros.problems import DataError, Problem


def write(gdelt: Gdelt, folder: Path) -> list[Path]:
    """Write a file of Parquet for each file of GDELT and issue: FOLDER/issue=19/gdelt-20270104-export-csv.parquet.

    Args:
        folder: The folder of the partitions. What an earlier run made of the same files is replaced.

    Raises:
        DataError: An event is there already, out of another file of GDELT.
        OSError: One could not be written; everything is as it was.
    """
    parts = gdelt.connection.sql("SELECT DISTINCT file, issue FROM events JOIN issues USING (day) WHERE score IS NOT NULL ORDER BY ALL")
    paths = {(file, issue): folder / f"issue={issue}" / part_name(gdelt.paths[file]) for file, issue in parts.fetchall()}
    if problems := list(_there_already(gdelt, folder, set(paths.values()))):
        raise DataError(problems)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as scratch:
        fresh = {}
        for number, ((file, issue), path) in enumerate(paths.items()):
            fresh[path] = Path(scratch, f"{number}.parquet")
            _write_part(gdelt, file, issue, fresh[path])
        all_or_none.put(fresh)
    names = {part_name(path) for path in gdelt.paths}
    for stale in {path for path in folder.glob("issue=*/gdelt-*.parquet") if path.name in names} - fresh.keys():
        stale.unlink()
    return list(fresh)


def _there_already(gdelt: Gdelt, folder: Path, paths: set[Path]) -> Iterator[Problem]:
    """Events that an earlier run took out of another file."""
    files = sorted(str(path) for issue in {path.parent for path in paths} for path in issue.glob("gdelt-*.parquet"))
    others = [name for name in files if Path(name).name not in {part_name(path) for path in gdelt.paths}]
    if not others:
        return
    query = "SELECT file, line, events.id, filename FROM events JOIN read_parquet($files, filename = true) kept ON kept.id = events.id"
    rows = gdelt.connection.execute(query, {"files": others}).fetchall()
    for file, line, name, there in sorted(rows):
        path = gdelt.paths[file]
        message = f"{name} is in {Path(there).relative_to(folder).as_posix()} already; each event stands once"
        yield Problem(path.as_posix(), lines_of(path, {line})[line], "GLOBALEVENTID", message)


def _write_part(gdelt: Gdelt, file: int, issue: str, path: Path) -> None:
    cells = {"id": "id", "relationship": "relationship", "date": "strftime(day, '%Y-%m-%d')", "event": "event", "score": "score"}
    cells["source"] = "$source"
    listed = ", ".join(f"CAST({cells.get(name, 'NULL')} AS {parquet.TYPES[name]}) AS {name}" for name in parquet.COLUMNS)
    query = f"SELECT {listed} FROM events JOIN issues USING (day) WHERE file = $file AND issue = $issue AND score IS NOT NULL"
    rows = gdelt.connection.sql(f"{query} ORDER BY day, length(id), id", params={"source": gdelt.source, "file": file, "issue": issue})
    rows.write_parquet(str(path), compression="zstd")
