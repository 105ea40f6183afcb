"""What Jinja has compiled is kept for the next build, and not for another program."""

from __future__ import annotations

from pathlib import Path

from jinja2 import DictLoader, Environment
from trees import program

from hooks.publishing.template_cache import template_cache


def kept(root: Path) -> dict[str, int]:
    """The files of the cache, and when each was written."""
    return {path.relative_to(root).as_posix(): path.stat().st_mtime_ns for path in (root / ".cache/templates").rglob("*.cache")}


def rendered(root: Path, text: str) -> str:
    """What a template gives in a fresh process."""
    template_cache.cache_clear()
    environment = Environment(loader=DictLoader({"page.html": text}), bytecode_cache=template_cache(root), autoescape=True)
    return environment.get_template("page.html").render(name="<b>")


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    root = program(tmp_path)
    assert rendered(root, "{{ name }}") == "&lt;b&gt;"
    once = kept(root)
    assert len(once) == 1
    assert rendered(root, "{{ name }}") == "&lt;b&gt;"
    assert kept(root) == once


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    root = program(tmp_path)
    assert rendered(root, "{{ name }}") == "&lt;b&gt;"
    assert rendered(root, "{{ name }}!") == "&lt;b&gt;!"


def test_what_was_compiled_for_another_program_goes(tmp_path: Path) -> None:
    root = program(tmp_path)
    rendered(root, "{{ name }}")
    before = kept(root)
    (root / "hooks/assets.py").write_text("# another program\n", encoding="utf-8")
    rendered(root, "{{ name }}")
    assert len(kept(root)) == 1
    assert not before.keys() & kept(root).keys()
