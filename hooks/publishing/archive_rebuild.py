"""An edition made again from its archive file, by the program that the file names, and compared byte by byte."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from hooks.publishing import branch, file_tree, rebuild
from hooks.publishing.archived_sources import ids, lay
from hooks.publishing.rebuild import CannotRebuildError, ForeignCommitError, Origin
from hooks.publishing.unpacked import Archive, EmptyArchiveError, unpacked
from macros.archive import IDS
from macros.target import Target, pdf_name


def differing(root: Path, archive: Archive, others: Sequence[Path]) -> list[str]:
    """Build an edition from the sources in its archive file, and compare it with the file.

    The program is that of the commit which the file names, with its own shared lists and neighbouring issues; rows and
    texts of the publication are those in the file.

    Args:
        root: A repository whose history holds the commit.
        others: Archive files, among them those of earlier editions, from which corrections are computed.

    Returns:
        What differs, one line for each file.

    Raises:
        CannotRebuildError: Something that is needed for it is not here.
        GitError: The program failed.
    """
    commit, path = archive.info.get("Program-Commit", ""), str(archive.target)
    if not commit:
        raise CannotRebuildError("bag-info.txt names no commit of the program")
    if not branch.commit_of(root):
        raise CannotRebuildError(
            f"no repository of the program is here; get it with git clone {archive.info.get('Program-Repository', '')}"
        )
    origin = Origin(path, commit, archive.info.get("Program-Lock-SHA256", ""), (archive.pages / pdf_name(archive.target.path)).is_file())
    with tempfile.TemporaryDirectory(prefix="rebuild-") as temporary:
        folder = Path(temporary)
        earlier = dict(_earlier(archive, others, folder))
        try:
            rebuild.build_again(root, origin, folder, lambda tree: _lay(tree, archive, earlier))
        except ForeignCommitError as error:
            raise CannotRebuildError(str(error)) from None
        (fresh,) = (folder / "edition" / path).glob("*.zip")
        return _compared(archive.file, fresh)


def _earlier(archive: Archive, others: Sequence[Path], folder: Path) -> Iterator[tuple[str, Archive]]:
    """The archives of the earlier editions, unpacked."""
    wanted = {str(Target("edition", archive.target.address, number)) for number in range(1, archive.target.edition)}
    for number, file in enumerate(others if wanted else ()):
        subfolder = folder / f"other-{number}"
        subfolder.mkdir()
        try:
            other, problems = unpacked(file, subfolder)
        except EmptyArchiveError:
            continue
        named = next((path for path in wanted if other.info.get("External-Identifier", "").endswith(f"/{path}/")), "")
        if named and not problems:
            wanted.remove(named)
            yield named, other
    if wanted:
        raise CannotRebuildError(
            f"its corrections are computed from {', '.join(sorted(wanted))}; name the archive files of these, too, unaltered"
        )


def _lay(tree: Path, archive: Archive, earlier: dict[str, Archive]) -> None:
    """Put the publication's own files in the place of those of the commit, and earlier editions beside them."""
    for room in ("data", "docs"):
        own = tree / room / archive.target.address
        shutil.rmtree(own, ignore_errors=True)
        shutil.copytree(archive.source / room / archive.target.address, own)
    lay(tree, ((path, _laid(edition)) for path, edition in earlier.items()))


def _laid(edition: Archive) -> dict[str, bytes]:
    pages = {path: content for path, content in file_tree.read(edition.pages).items() if path.endswith(".html")}
    return file_tree.read(edition.source) | {IDS: ids(pages)}


def _compared(packed: Path, fresh: Path) -> list[str]:
    if packed.read_bytes() == fresh.read_bytes():
        return []
    files = []
    for file in (packed, fresh):
        with zipfile.ZipFile(file) as opened:
            files.append({name.partition("/")[2]: opened.read(name) for name in opened.namelist()})
    names = [name for name in sorted(files[0].keys() | files[1].keys()) if files[0].get(name) != files[1].get(name)]
    return [f"{name} is not what its sources give" for name in names] or ["the same files, packed otherwise"]
