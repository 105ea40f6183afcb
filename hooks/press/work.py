"""One try at publishing, onto the branch as it is now: plan, build, commit."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from mike import commands as mike

from hooks.press import archive, editions, git, manifest, pdf, proof, roots
from hooks.press import site as press
from hooks.press.archive import Ledger
from hooks.press.git import Branch
from hooks.press.manifest import Record
from hooks.press.stamps import theme_stamp
from hooks.press.status import superseded, tombstone
from macros import changes
from macros.archive import pages
from macros.book import Book, Volume, open_book
from macros.load import load
from macros.model import KINDS
from macros.problems import DataError, Problem
from macros.target import Target, pdf_name, relative


@cache
def inputs(book: Book, volume: Volume) -> str:
    """Hash of a volume's inputs, which a run asks for more than once."""
    return manifest.inputs(book, volume)


class Work:
    """One try at publishing, onto the branch as it is now."""

    def __init__(self, root: Path, book: Book, branch: Branch, commit: str, report: Callable[[str], None]) -> None:
        self.root, self.book, self.branch, self.commit, self.report = root, book, branch, commit, report
        self.ledger: Ledger = archive.read_ledger(branch)
        self.site = branch.repository.parent / "site"

    def prepare(self, dry_run: bool) -> bool:
        """Plan, build and commit.

        Args:
            dry_run: Stop after telling the plan.

        Returns:
            Whether there is something to push.

        Raises:
            DataError: Something may not be published.
        """
        problems = archive.altered(self.branch, self.ledger)
        if problems:
            raise DataError(problems)
        plan = self.plan()
        for step in plan.steps:
            self.report(f"{step.verdict}: {step.volume.address} ({step.why})")
        self.lay_earlier(plan)
        problems = [*plan.problems, *(problem for step in plan.of("publish") for problem in self.reused(step.volume))]
        if problems:
            raise DataError(problems)
        if dry_run:
            return False
        self.build(plan)
        base = self.branch.head
        self.commit_all(plan)
        if self.branch.head == base:
            self.report("nothing to publish: the branch is as it should be")
            return False
        return True

    def plan(self) -> editions.Plan:
        """What a run would do with each publication, by the rules of editions."""
        return editions.plan(self.book, self.ledger, partial(inputs, self.book), self.differing, self.known)

    def known(self, record: Record) -> bool:
        """Whether an edition was published from a commit that is part of this history."""
        return git.contains(self.root, record.commit)

    def differing(self, volume: Volume, record: Record) -> Sequence[Problem]:
        """What a volume changes in a published edition, as findings."""
        archive.lay_sources(self.root, self.branch, [record])
        before = open_book(self.root / ".cache" / "archive" / record.path)
        old, new = pages(before.root, volume.address), pages(self.root, volume.address)
        found = changes.compare(before, self.book, volume.address, old, new)
        return changes.problems(found, changes.lines(load(self.root)))

    def lay_earlier(self, plan: editions.Plan) -> None:
        """Lay out the sources of every edition that a newer one follows, for the rules and for the builders."""
        newest = {step.volume.address: step.volume.edition.number for step in plan.steps}
        earlier = [one for address, number in newest.items() for one in self.ledger.get(address, ()) if one.number < number]
        archive.lay_sources(self.root, self.branch, earlier)

    def reused(self, volume: Volume) -> Iterator[Problem]:
        """Ids that an earlier edition gave to a row, that the last one had no more, and that another row has now."""
        records = self.ledger.get(volume.address, ())
        if len(records) < 2:
            return
        *earlier, last = (open_book(self.root / ".cache" / "archive" / record.path) for record in records)
        came = {row.id for row in changes.compare(last, self.book, volume.address, {}, {}).rows if row.what == "added" and row.id}
        line_of = changes.lines(load(self.root))
        for record, before in zip(records, earlier, strict=False):
            for row in changes.compare(before, self.book, volume.address, {}, {}).rows if came else ():
                if row.id in came and row.what not in ("added", "removed"):
                    message = f"{row.id} was another row in edition {record.number}; an id is never given again: take the next free number"
                    yield Problem(row.file, line_of(row.file, row.id), "id", message)

    def build(self, plan: editions.Plan) -> None:
        """Build the new editions, the covers that change with them, and the portal, into a site beside the branch."""
        shutil.rmtree(self.site, ignore_errors=True)
        targets = self.targets(plan)
        printed = pdf.printable(targets, self.report) | self.printed()
        press.make(self.root, self.site, targets, self.report, printed, self.book)

    def printed(self) -> frozenset[str]:
        """Paths of the published editions that have a PDF."""
        paths = [f"{record.path}/" for listed in self.ledger.values() for record in listed if not record.withdrawn]
        held = self.branch.objects([path + pdf_name(path) for path in paths])
        return frozenset(path for path in paths if path + pdf_name(path) in held)

    def targets(self, plan: editions.Plan) -> list[Target]:
        """What must be built: new editions, the portal, and the covers that say something new."""
        shown = [step.volume for step in plan.steps if step.volume.publication.status != "draft"]
        new = plan.of("publish")
        fresh = {step.volume.address for step in (*new, *plan.of("withdraw"))}
        numbers = {volume.publication.number or -9 for volume in shown if volume.address in fresh}
        beside = {volume.address for volume in shown if {(volume.publication.number or -99) + one for one in (-1, 1)} & numbers}
        stale = json.loads(self.branch.read(roots.THEME) or b'""') != theme_stamp(self.root)
        covers = [volume.address for volume in shown if stale or volume.address in fresh | beside]
        built = [Target("edition", step.volume.address, step.volume.edition.number) for step in new]
        return [*built, Target("portal"), *(Target("cover", address) for address in covers)]

    def commit_all(self, plan: editions.Plan) -> None:
        """Commit everything as one commit whose tree is whole."""
        base = self.branch.head
        records = [self.deploy(step.volume) for step in plan.of("publish")]
        files: dict[str, bytes] = {}
        for step in plan.of("publish"):
            if step.superseded:
                files |= self.mark_superseded(step.superseded, step.volume)
        gone: list[str] = []
        for step in plan.of("withdraw"):
            kept, removed = self.withdraw(step)
            files, gone = files | kept, gone + removed
        message = "Publish " + (", ".join(record.path for record in records) or "the portal")
        if files or gone:
            self.branch.commit(message, files, gone)
        self.enter(records, plan)
        living = self.living()
        self.check(living)
        current = self.branch.files()
        fresh = {path: content for path, content in living.items() if current.get(path) != blob_name(content)}
        stale = [path for path in current if path not in living and _of_portal(path)]
        if fresh or stale:
            self.branch.commit(message, fresh, stale)
        self.branch.squash(base, message)

    def deploy(self, volume: Volume) -> Record:
        """Let mike commit one edition; `latest/` then leads to it."""
        edition = volume.edition
        folder = self.site / volume.address / f"v{edition.number}"
        record = manifest.record_of(self.book, volume, self.commit)
        manifest.seal(folder, record)
        title = roots.edition_title(record)
        where = {"site_dir": str(folder), "use_directory_urls": True}
        with self.branch.here(), git.mike_errors(), mike.deploy(
            where, f"v{edition.number}", title, ["latest"], True, mike.AliasType.redirect,
            branch=self.branch.name, message=f"Publish {record.path}", deploy_prefix=volume.address, allow_empty=True,
        ):  # fmt: skip
            pass
        return record

    def mark_superseded(self, old: Record, volume: Volume) -> dict[str, bytes]:
        """The pages of an edition, saying that a newer one has come."""
        edition = volume.edition
        there = {path.relative_to(self.site).as_posix() for path in (self.site / volume.address / f"v{edition.number}").rglob("*.html")}
        pages = [path for path in self.branch.files(f"{old.path}/") if path.endswith(".html")]
        marked = {}
        for path, content in self.branch.read_many(pages).items():
            inner = path.removeprefix(f"{old.path}/")
            newer = f"{volume.address}/v{edition.number}/"
            target = newer + inner.removesuffix("index.html") if newer + inner in there else newer
            link = relative(target, path.removesuffix("index.html"))
            when = f"{edition.date.day} {edition.date:%B %Y}"
            marked[path] = superseded(content, link, edition.number, when, edition.kind, edition.note)
        return marked

    def withdraw(self, step: editions.Step) -> tuple[dict[str, bytes], list[str]]:
        """Tombstones for every page of every edition; all other files of them go."""
        kept: dict[str, bytes] = {}
        gone: list[str] = []
        records = self.ledger[step.volume.address]
        for record in records:
            marked = replace(record, withdrawn=step.why, tree="")
            for path in self.branch.files(f"{record.path}/"):
                if path.endswith(".html"):
                    kept[path] = tombstone(record.title, record.number, record.date, step.why)
                elif path.endswith(f"/{manifest.RECORD}"):
                    kept[path] = manifest.dumped(marked.__dict__)
                elif not path.endswith(f"/{manifest.SUMS}"):
                    gone.append(path)
        self.ledger[step.volume.address] = tuple(replace(record, withdrawn=step.why) for record in records)
        return kept, gone

    def enter(self, records: Iterable[Record], plan: editions.Plan) -> None:
        """Enter the new editions into the ledger, and the trees of those whose status changed."""
        for record in records:
            self.ledger[record.address] = (*self.ledger.get(record.address, ()), record)
        touched = {step.volume.address for step in plan.steps if step.verdict != "nothing"}
        trees = self.branch.objects([record.path for address in touched for record in self.ledger[address]])
        for address in touched:
            self.ledger[address] = tuple(replace(record, tree=trees[record.path]) for record in self.ledger[address])

    def living(self) -> dict[str, bytes]:
        """Everything outside the editions: portal, covers, root files, the ledger."""
        files = {
            path.relative_to(self.site).as_posix(): path.read_bytes()
            for path in self.site.rglob("*")
            if path.is_file() and not _of_edition(path.relative_to(self.site).as_posix())
        }
        files |= roots.root_files(self.book, [record for listed in self.ledger.values() for record in listed])
        files[archive.LEDGER] = archive.ledger_file(self.ledger)
        files[roots.THEME] = manifest.dumped(theme_stamp(self.root))
        return files

    def check(self, living: dict[str, bytes]) -> None:
        """Proofread what is new, beside what the branch holds."""
        for path, content in living.items():
            (self.site / path).parent.mkdir(parents=True, exist_ok=True)
            (self.site / path).write_bytes(content)
        on_branch = set(self.branch.files())
        problems = proof.proofread(self.site, on_branch, self.branch.read_many)
        if problems:
            raise DataError(problems)


def blob_name(content: bytes) -> str:
    """The name that git gives a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _of_edition(path: str) -> bool:
    parts = path.split("/")
    return len(parts) > 3 and parts[0] in KINDS.values() and parts[2].startswith("v")


def _of_portal(path: str) -> bool:
    """Whether a path is the portal's own and may go with it; old assets stay, because covers use them."""
    parts = path.split("/")
    return not path.startswith("assets/") and not (len(parts) > 2 and parts[0] in KINDS.values()) and path != ".nojekyll"
