"""An archive file that was unpacked, whoever it came from: where its parts lie, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import bagit

from hooks.publishing import bag, bag_check, crate
from hooks.publishing.html_page import HtmlPage
from macros.problems import BarometerError, Problem
from macros.target import Target


class EmptyArchiveError(BarometerError):
    """Nothing of an archive file could be unpacked."""


class StrangeArchiveError(BarometerError):
    """An archive file says of itself what cannot be."""


@dataclass(frozen=True)
class Archive:
    """An archive file, unpacked.

    Attributes:
        folder: Where its bag lies.
    """

    file: Path
    folder: Path

    @property
    def pages(self) -> Path:
        """Its pages."""
        return self.folder / "data" / crate.PAGES

    @property
    def source(self) -> Path:
        """What they were made from."""
        return self.folder / "data" / bag.SOURCE

    @cached_property
    def info(self) -> dict[str, str]:
        """What its bag-info.txt says."""
        return dict(bagit.Bag(str(self.folder)).info)

    @cached_property
    def permalink(self) -> str:
        """The permanent address of the edition."""
        return self.info["External-Identifier"]

    @cached_property
    def target(self) -> Target:
        """The edition, by the end of its permanent address; of a publication whose sources are in the archive, so that it is a safe path.

        Raises:
            StrangeArchiveError: It names another.
        """
        target = Target.parse("/".join(urlsplit(self.permalink).path.strip("/").split("/")[-3:]))
        data = self.source / "data"
        if target.kind != "edition" or target.address not in {
            file.parent.relative_to(data).as_posix() for file in data.glob("*/*/publication.yml")
        }:
            raise StrangeArchiveError(f"bag-info.txt names {self.permalink}, and the sources are of no such publication")
        return target

    @cached_property
    def metadata(self) -> dict[str, list[str]]:
        """The meta elements of its first page: name -> contents."""
        contents: dict[str, list[str]] = {}
        for element in HtmlPage((self.pages / "index.html").read_text(encoding="utf-8")).elements:
            if element.tag == "meta" and "name" in element.attributes:
                contents.setdefault(element.attributes["name"], []).append(element.attributes.get("content", ""))
        return contents


def unpacked(file: Path, folder: Path) -> tuple[Archive, list[Problem]]:
    """Unpack an archive file as far as it can be, and check its files.

    Returns:
        What was unpacked, and a finding for each file that is not as it was packed.

    Raises:
        EmptyArchiveError: Nothing could be unpacked; it says why.
    """
    problems = bag_check.unpack(file, folder)
    folders = [path for path in folder.iterdir() if path.is_dir()]
    if len(folders) != 1:
        raise EmptyArchiveError("; ".join(problem.message for problem in problems))
    return Archive(file, folders[0]), problems
