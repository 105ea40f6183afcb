"""Monitors that tests begin with `barometer init`."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from house import Answer, House

from hooks.publishing.cli import main

HOSTILE = '"Quoted": {{ chart("board") }} {% raw %} --- # <b>&amp;</b> $title — Журнал 日本'
"""A name with a mark of YAML, JSON, Jinja, Markdown, HTML and of the templates, in three scripts."""
SCORED = (
    "--relationship",
    "hill=Hill Land: {{ 7 * 7 }}",
    "--relationship",
    "no=Мора",
    "--first-period",
    "2023-01/2023-03",
    "--months",
    "3",
)


def init(place: Path, *words: str) -> Answer:
    """Begin a monitor; an exception that is let through fails the test."""
    run = CliRunner().invoke(main, ["init", str(place), *words], prog_name="barometer", catch_exceptions=False)
    return Answer(run.exit_code, run.stdout, run.stderr)


def house_at(place: Path) -> House:
    """A monitor in a repository of its own, with a remote to publish to."""
    house = House(place, place.with_name("remote.git"))
    house.git("init", "--quiet", "--initial-branch=main")
    house.git("init", "--quiet", "--bare", str(house.remote))
    for key, value in (("user.name", "Ada Lindqvist"), ("user.email", "ada@monitor.invalid"), ("commit.gpgsign", "false")):
        house.git("config", key, value)
    house.git("remote", "add", "origin", str(house.remote))
    return house
