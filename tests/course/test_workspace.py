"""Copying notebooks to the work folder."""

import pytest

from minillama.course.workspace import start


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A small clone of the course, with the current folder inside it."""
    (tmp_path / "minillama").mkdir()
    (tmp_path / "notebooks").mkdir()
    for name in ("00_start_here", "03_rmsnorm"):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text(f"original {name}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINILLAMA_WORK", raising=False)
    return tmp_path


def test_start_copies_one_chapter_and_never_overwrites(clone):
    (copy,) = start(3)
    assert copy == clone / "work" / "03_rmsnorm.ipynb"
    copy.write_text("my work", encoding="utf-8")
    assert start("03") == [copy] and copy.read_text(encoding="utf-8") == "my work"


def test_fresh_keeps_the_old_copy_under_a_dated_name(clone):
    (copy,) = start(3)
    copy.write_text("my work", encoding="utf-8")
    start(3, fresh=True)
    assert copy.read_text(encoding="utf-8") == "original 03_rmsnorm"
    (old,) = (clone / "work").glob("03_rmsnorm_*.ipynb")
    assert old.read_text(encoding="utf-8") == "my work"


def test_start_copies_all_chapters_from_any_subfolder(clone, monkeypatch):
    monkeypatch.chdir(clone / "notebooks")
    assert [path.name for path in start()] == ["00_start_here.ipynb", "03_rmsnorm.ipynb"]


def test_unknown_chapter_names_the_known_ones(clone):
    with pytest.raises(ValueError, match="no chapter 17; there are 00, 03"):
        start(17)
