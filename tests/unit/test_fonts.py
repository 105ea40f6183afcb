"""Scripts that this machine cannot draw are named, with the package that helps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hooks.publishing import fonts
from macros.target import Target


@pytest.fixture
def no_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose fontconfig knows of no font at all."""
    if not shutil.which("fc-list"):
        pytest.fail("fontconfig is missing, which the browser brings")
    (tmp_path / "fonts.conf").write_text("<fontconfig><dir>none</dir></fontconfig>", encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))


@pytest.mark.usefixtures("no_font")
def test_a_script_without_a_font_is_named_with_its_package(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "issues" / "1"
    folder.mkdir(parents=True)
    (tmp_path / "data" / "series.yml").write_text("title: مرصد الآبار\n", encoding="utf-8")
    (folder / "events.csv").write_text("id,event\n1,为什么指数\n2,Łukašenka и Ωμέγα\n", encoding="utf-8")
    told: list[str] = []
    fonts.report_missing(tmp_path, [Target("portal"), Target("edition", "issues/1", 1)], told.append)
    assert [line.partition(" letters")[0] for line in told] == ["no font of this machine has Arabic", "no font of this machine has CJK"]
    assert "fonts-noto-core" in told[0]
    assert "fonts-noto-cjk" in told[1]


def test_scripts_of_locked_fonts_are_never_missing() -> None:
    assert fonts.missing(["Łukašenka, Лукашэнка, Ωμέγα, № 19"]) == {}
