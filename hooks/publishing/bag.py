"""An edition as one archive file: a BagIt bag in a ZIP.

In it, below `data/`: `pages/`, which open from a disk, with the files to download beside them but for those that
only repeat the rest; `source/`, the rows and the Markdown that they were made from; and the description of it all.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import tempfile
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import bagit

from hooks.publishing import crate, file_tree, manifest, offline_copy, resource_sync
from hooks.publishing.manifest import Record
from macros import cite, translated_pages
from macros.book import Book, Volume
from macros.exports import zip_file
from macros.language import in_language
from macros.pages import cards, citation
from macros.target import RECORD, RESOURCES, SUMS, archive_name, edition_path, pdf_name, relative

UNUSED = ("sitemap.xml", RESOURCES, RECORD, SUMS, cards.NAME)
"""What only a server, a search engine or the branch has use for."""
REPEATED = ("embed/*", "charts/*.png", "data/*.xlsx", citation.REFERENCES)
"""What repeats the rest, beside the PDFs of sections: charts for other people's pages, pictures as dots, the workbook, the packed
references for buttons on the site."""
PROGRAMS = re.compile(r"(bundle|vega)\b.*\.js$")
"""Programs of the theme and of the interactive charts, which load something from a server."""
SOURCE = "source/"
"""Where the rows and the Markdown lie, below `data/`."""
PROFILE = "bagit-profile.json"
"""What every archive file of the site has, at the root of the site (BagIt Profiles 1.4.0, bagit-profiles.github.io)."""
AGENT = "barometer, with bagit-python <https://github.com/LibraryOfCongress/bagit-python>"
"""Without a version, so that a newer library gives the same bytes."""


def complete(book: Book, volume: Volume, site: Path, commit: str) -> Record:
    """Finish an edition: add its archive file, the list of its files for harvesters, its record, and the hashes of all of them.

    Args:
        site: A site that holds its newest edition, built, with the shared assets.
        commit: The commit that it was made from; empty where it is none.

    Returns:
        Its record, with the shared assets that its pages name and with the hash of SHA256SUMS, as the ledger holds it.
    """
    home = edition_path(volume.address, volume.edition.number)
    folder = site / home
    with in_language(book.language(volume.address)):
        (folder / name_of(book, volume)).write_bytes(pack(book, volume, site, commit))
    files = {path: content for path, content in file_tree.read(folder).items() if path not in (RESOURCES, RECORD, SUMS)}
    named = manifest.assets(content for path, content in files.items() if path.endswith(".html"))
    record = replace(manifest.record_of(book, volume, commit), assets=tuple(sorted(named)))
    added = {RESOURCES: resource_sync.resource_list(book.series.site, home, record.date, files), RECORD: manifest.record_file(record)}
    shared = {relative(path, home): (site / path).read_bytes() for path in named}
    hashes = manifest.sums({**files, **added, **shared})
    file_tree.write(folder, {**added, SUMS: hashes})
    return replace(record, manifest=hashlib.sha256(hashes).hexdigest())


def name_of(book: Book, volume: Volume) -> str:
    """File name of the archive of a volume's newest edition."""
    return archive_name(book.own_title, volume.address, volume.edition.number)


def pack(book: Book, volume: Volume, site: Path, commit: str = "") -> bytes:
    """Pack a finished edition.

    Args:
        site: A site that holds its newest edition with all other files, and the shared assets.
        commit: The commit that it was made from; empty where it is none.

    Returns:
        The ZIP file; equal inputs give equal bytes.
    """
    files = {crate.PAGES + path: content for path, content in offline_pages(book, volume, site).items()}
    files |= {SOURCE + path: content for path, content in manifest.sources(book, volume).items()}
    files[crate.NAME] = crate.crate(book, volume, files, commit)
    with tempfile.TemporaryDirectory(prefix="bag-") as temporary:
        folder = Path(temporary) / name_of(book, volume).removesuffix(".zip")
        file_tree.write(folder, files)
        bagit.make_bag(str(folder), _information(book, volume, commit), checksums=["sha256"])
        bagged = file_tree.read(Path(temporary))
    return zip_file.write(bagged, volume.edition.date)


def offline_pages(book: Book, volume: Volume, site: Path) -> dict[str, bytes]:
    """Copy an edition so that it opens from a disk.

    Args:
        site: A site that holds its newest edition, and the shared assets.

    Returns:
        Path from the copy's first page -> content: pages, the files to download, and what they need of the assets.
    """
    home = edition_path(volume.address, volume.edition.number)
    own = file_tree.read(site / home)
    sections = [f"{target.path}{name}/" for target in translated_pages.editions(volume) for name in cite.sections(book, volume)]
    offprints = [f"{section}{pdf_name(section)}".removeprefix(home) for section in sections]
    unused = (*UNUSED, *REPEATED, *offprints, name_of(book, volume))
    patterns = [pattern for name in unused for pattern in (name, f"*/{name}")]  # in a folder too, such as that of a translation
    pages = {path: content for path, content in own.items() if not any(fnmatchcase(path, pattern) for pattern in patterns)}
    named = manifest.assets(content for path, content in pages.items() if path.endswith(".html"))
    pages |= {path: (site / path).read_bytes() for path in named if not PROGRAMS.match(posixpath.basename(path))}
    return {
        path: offline_copy.offline(content.decode(), path, home, pages.keys(), book.series.site).encode()
        if path.endswith(".html")
        else content
        for path, content in pages.items()
    }


def _information(book: Book, volume: Volume, commit: str) -> dict[str, str]:
    """What bag-info.txt says (RFC 8493, 2.2.2): who sends what, of which day, under which permanent address, made from what.

    Returns:
        Label -> text; what is not known is left out.
    """
    record = cite.citation(book, volume, volume.edition.number)
    how = f"Edition {record.version}. To read it, open data/{crate.PAGES}index.html."
    stated = {
        "Source-Organization": book.series.imprint.name,
        "Organization-Address": book.series.imprint.address,
        "Contact-Name": book.series.imprint.responsible,
        "External-Description": f"{record.title}. {how} {volume.publication.abstract}",
        "External-Identifier": record.permalink,
        "Bag-Group-Identifier": f"{book.series.site}{volume.address}/",
        "Bagging-Date": record.published.isoformat(),
        "Bag-Software-Agent": AGENT,
        "BagIt-Profile-Identifier": book.series.site + PROFILE,
        "Program-Repository": book.series.repository or "",
        "Program-Commit": commit,
        "Program-Lock-SHA256": manifest.lock_of(book.root),
    }
    return {label: " ".join(text.split()) for label, text in stated.items() if text}


def profile(book: Book) -> bytes:
    """Write the BagIt profile of the archive files, by which a repository of archives checks what it is sent.

    Returns:
        The file; editions from before a label was added lack it, so only what all have is required.
    """
    always = (
        "Source-Organization",
        "External-Description",
        "External-Identifier",
        "Bag-Group-Identifier",
        "Bagging-Date",
        "Bag-Software-Agent",
    )
    sometimes = ("Organization-Address", "Contact-Name", "Program-Repository", "Program-Commit", "Program-Lock-SHA256")
    about = {
        "BagIt-Profile-Identifier": book.series.site + PROFILE,
        "BagIt-Profile-Version": "1.4.0",
        "Source-Organization": book.series.imprint.name,
        "External-Description": f"Archive file of one edition of {book.series.title}",
        "Version": "1.0",
    }
    rules = {
        "BagIt-Profile-Info": about,
        "Bag-Info": {
            label: {"required": label in always, "repeatable": False} for label in (*always, *sometimes, "BagIt-Profile-Identifier")
        },
        "Manifests-Required": ["sha256"],
        "Tag-Manifests-Required": ["sha256"],
        "Allow-Fetch.txt": False,
        "Serialization": "required",
        "Accept-Serialization": ["application/zip"],
        "Accept-BagIt-Version": ["0.97", "1.0"],
    }
    return manifest.dumped(rules)
