"""Fetching data sets: $MINILLAMA_DATA first, then the cache, then the web; the command says what happened."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_server import CONTENT, Behavior, serve

from minillama import cli
from minillama.course.fetch_data import data_folders, fetch_data, find_data
from minillama.data_sets import DATA_SETS, DataSet, RemoteFile


@pytest.fixture
def behavior() -> Behavior:
    return Behavior()


@pytest.fixture(autouse=True)
def tiny_set(behavior: Behavior, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small data set in place of TinyShakespeare, on a server of our own."""
    monkeypatch.setenv("MINILLAMA_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("MINILLAMA_DATA", raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serve(behavior) as address:
        file = RemoteFile(
            path="tiny.bin", address=address, n_bytes=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest()
        )
        tiny = DataSet(name="tinyshakespeare", about="a stand-in", license="none", files=(file,))
        monkeypatch.setitem(DATA_SETS, "tinyshakespeare", tiny)
        yield


def test_command_downloads_once(behavior: Behavior, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FileNotFoundError, match="minillama fetch tinyshakespeare"):
        find_data("tinyshakespeare")
    path = tmp_path / "cache" / "data" / "tiny.bin"
    for _ in range(2):
        assert cli.main(["fetch", "tinyshakespeare"]) == 0
        assert capsys.readouterr().out == f"tinyshakespeare is ready: {path}\n"
    assert path.read_bytes() == CONTENT
    assert len(behavior.ranges) == 1
    assert find_data("tinyshakespeare") == [path]


def test_damaged_file_is_not_used_but_fetched(behavior: Behavior, tmp_path: Path) -> None:
    """After a power loss a file may have its size and nothing but zeros."""
    path = tmp_path / "cache" / "data" / "tiny.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(len(CONTENT)))
    with pytest.raises(FileNotFoundError, match="is not in .*, or is damaged there. Run: minillama fetch tiny"):
        find_data("tinyshakespeare")
    assert fetch_data("tinyshakespeare", lambda line: None) == find_data("tinyshakespeare") == [path]
    assert path.read_bytes() == CONTENT


def test_users_own_folder_comes_first(behavior: Behavior, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "tiny.bin").write_bytes(CONTENT)
    monkeypatch.setenv("MINILLAMA_DATA", str(own))
    assert data_folders() == [own, tmp_path / "cache" / "data"]
    assert fetch_data("tinyshakespeare", lambda line: None) == find_data("tinyshakespeare") == [own / "tiny.bin"]
    assert behavior.ranges == []


def test_failure_ends_with_2_and_keeps_what_came(
    behavior: Behavior, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("minillama.downloads.time.sleep", lambda seconds: None)
    behavior.drop_after, behavior.statuses = [200_000], [0, 503, 503, 503]
    assert cli.main(["fetch", "tinyshakespeare"]) == 2
    assert "minillama: tiny.bin could not be downloaded" in capsys.readouterr().err
    assert (tmp_path / "cache" / "data" / "tiny.bin.part").stat().st_size == 200_000
    assert cli.main(["fetch", "tinyshakespeare"]) == 0


def test_unknown_name_lists_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["fetch", "shakespeare"])
    assert "'tinyshakespeare'" in capsys.readouterr().err
