"""A preview in a process of its own, and its answers."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Thread
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from house import House

PATIENCE = 600
"""How long a test waits for what must come, in seconds; a busy machine is no fault of the preview."""


class Preview:
    """A running preview: what it prints, what it answers."""

    def __init__(self, house: House, *options: str) -> None:
        self.house = house
        self.process: subprocess.Popen[str] = house.start("serve", *options)
        self.lines: list[str] = []
        self.errors: list[str] = []
        assert self.process.stdout and self.process.stderr
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith("the site is at "):
                break
        else:
            raise AssertionError("\n".join([*self.lines, self.process.stderr.read()]))
        self.address = self.lines[-1].split()[4].rstrip("/")
        self.told = Condition()
        self.readers: list[Thread] = []
        for stream, lines in ((self.process.stdout, self.lines), (self.process.stderr, self.errors)):
            self.readers.append(Thread(target=self._read, args=(stream, lines), daemon=True))
            self.readers[-1].start()

    def _read(self, stream: IO[str], lines: list[str]) -> None:
        for line in stream:
            with self.told:
                lines.append(line.rstrip("\n"))
                self.told.notify_all()

    def until_said(self, words: str) -> None:
        """Wait until a line holds some words."""
        with self.told:
            assert self.told.wait_for(lambda: any(words in line for line in self.lines), PATIENCE), self.lines

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an answer."""
        try:
            with urlopen(self.address + quote(path), timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def news(self, number: int, path: str) -> dict[str, Any]:
        """What the preview tells a page that is open: at once, or when something is no more as it was under that number."""
        with urlopen(f"{self.address}/_preview/news?number={number}&page={quote(path)}", timeout=PATIENCE) as answer:
            news: dict[str, Any] = json.load(answer)
        return news

    def until(self, path: str, right: Callable[[int, str], bool]) -> str:
        """The text of a page as soon as it is right, told of changes as a browser is."""
        end, number = time.monotonic() + PATIENCE, 0
        while time.monotonic() < end and self.process.poll() is None:
            try:
                number = self.news(number, path)["number"]
                status, text = self.get(path)
            except OSError:  # it starts again
                with self.told:
                    self.told.wait(0.1)
                continue
            if right(status, text):
                return text
        raise AssertionError("\n".join([f"{path} is not right", *self.lines, *self.errors]))

    def stop(self) -> None:
        """End it as Ctrl+C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)
        for reader in self.readers:
            reader.join(PATIENCE)
        self.process.__exit__(None, None, None)  # closes its streams


@contextmanager
def previewing(house: House, *options: str) -> Iterator[Preview]:
    """Run a preview of a house, at a free port from the one that is asked for on."""
    preview = Preview(house, *options)
    try:
        yield preview
    finally:
        preview.stop()
