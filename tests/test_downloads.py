"""Downloads against a server that breaks off, lies, cannot continue, or is not there."""

import errno
import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_server import CONTENT, Behavior, serve

from minillama import downloads
from minillama.data_sets import RemoteFile
from minillama.downloads import DownloadError, download, find_file, is_whole

HALF = len(CONTENT) // 2


def remote(address: str, content: bytes = CONTENT) -> RemoteFile:
    return RemoteFile(
        path="set/file.bin", address=address, n_bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )


def fetch(address: str, folder: Path, **options) -> Path:
    return download(remote(address), folder, pause=0.0, timeout=2.0, **options)


@pytest.fixture
def behavior() -> Behavior:
    return Behavior()


@pytest.fixture
def address(behavior: Behavior, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serve(behavior) as address:
        yield address


def test_file_arrives_whole_and_once(behavior: Behavior, address: str, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = fetch(address, tmp_path, progress=lambda here, whole: seen.append((here, whole)))
    assert path == tmp_path / "set" / "file.bin"
    assert path.read_bytes() == CONTENT
    assert [entry.name for entry in path.parent.iterdir()] == ["file.bin"]
    assert seen[0] == (0, len(CONTENT))
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [here for here, _ in seen] == sorted(here for here, _ in seen)
    assert len(seen) > 5
    assert fetch(address, tmp_path) == path
    assert len(behavior.ranges) == 1


def test_broken_connection_is_continued(behavior: Behavior, address: str, tmp_path: Path) -> None:
    behavior.drop_after = [100_000, 50_000]
    assert fetch(address, tmp_path).read_bytes() == CONTENT
    assert behavior.ranges == [None, "bytes=100000-", "bytes=150000-"]


def test_later_call_continues_what_an_interrupted_one_left(behavior: Behavior, address: str, tmp_path: Path) -> None:
    def interrupt(here: int, whole: int) -> None:
        if here > HALF:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(address, tmp_path, progress=interrupt)
    assert not (tmp_path / "set" / "file.bin").exists()
    left = (tmp_path / "set" / "file.bin.part").stat().st_size
    assert HALF <= left < len(CONTENT)
    assert fetch(address, tmp_path).read_bytes() == CONTENT
    assert behavior.ranges == [None, f"bytes={left}-"]


def test_server_that_cannot_continue_sends_everything(behavior: Behavior, address: str, tmp_path: Path) -> None:
    behavior.knows_ranges, behavior.drop_after = False, [HALF]
    seen: list[int] = []
    assert fetch(address, tmp_path, progress=lambda here, whole: seen.append(here)).read_bytes() == CONTENT
    assert behavior.ranges == [None, f"bytes={HALF}-"]
    assert min(seen[seen.index(HALF) + 2 :]) < HALF  # the bar went back


def test_damaged_rest_of_an_earlier_run_is_noticed(behavior: Behavior, address: str, tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "file.bin.part").write_bytes(bytes(HALF))
    assert fetch(address, tmp_path).read_bytes() == CONTENT
    assert behavior.ranges == [f"bytes={HALF}-", None]


def test_too_long_rest_is_thrown_away(behavior: Behavior, address: str, tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "file.bin.part").write_bytes(CONTENT + b"more")
    assert fetch(address, tmp_path).read_bytes() == CONTENT
    assert behavior.ranges == [None]


def test_damaged_file_is_fetched_again(address: str, tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "file.bin").write_bytes(CONTENT[:-1] + b"?")
    assert fetch(address, tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("content", "declares_size", "difference"),
    [
        (CONTENT[:-1] + b"?", True, "its sha256 is not"),
        (b"<html>Welcome to the hotel</html>", True, "it has 33 bytes, not 502,000"),
        (CONTENT + b"more", True, "it has 502,004 bytes, not 502,000"),
        (CONTENT[:HALF], False, "it is shorter"),
    ],
    ids=["altered", "another page", "longer", "shorter"],
)
def test_other_content_is_refused(
    content: bytes, declares_size: bool, difference: str, behavior: Behavior, address: str, tmp_path: Path
) -> None:
    behavior.content, behavior.declares_size = content, declares_size
    with pytest.raises(DownloadError, match=f"does not hold the expected file: {difference}.*Open the address"):
        fetch(address, tmp_path)
    assert list((tmp_path / "set").iterdir()) == []


def test_busy_server_is_asked_again(behavior: Behavior, address: str, tmp_path: Path) -> None:
    behavior.statuses = [503, 500]
    assert fetch(address, tmp_path).read_bytes() == CONTENT
    behavior.statuses = [503] * 9
    with pytest.raises(DownloadError, match="could not be downloaded from 127.0.0.1.*the server says 503"):
        fetch(address, tmp_path / "other")
    assert len(behavior.ranges) == 3 + 3


def test_moved_file_is_said_at_once(behavior: Behavior, address: str, tmp_path: Path) -> None:
    behavior.statuses = [404] * 9
    with pytest.raises(DownloadError, match=r"no file at .* any more \(404 Not Found\).*sha256"):
        fetch(address, tmp_path)
    assert len(behavior.ranges) == 1


def test_without_a_network_the_message_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(DownloadError) as caught:
        fetch(f"http://127.0.0.1:{port}/file.bin", tmp_path)
    message = str(caught.value)
    assert message.startswith(f"set/file.bin could not be downloaded from 127.0.0.1:{port}: ")
    assert "refused" in message
    assert message.endswith(f"Or copy the file from another machine to {tmp_path / 'set' / 'file.bin'}")
    assert list((tmp_path / "set").iterdir()) == []


def test_connection_lost_for_good_says_how_much_is_here(behavior: Behavior, address: str, tmp_path: Path) -> None:
    behavior.drop_after, behavior.statuses = [200_000], [0, 503, 503, 503]
    with pytest.raises(DownloadError, match="continues after the 200,000 of 502,000 bytes that are here"):
        fetch(address, tmp_path)
    assert fetch(address, tmp_path).read_bytes() == CONTENT
    assert behavior.ranges[-1] == "bytes=200000-"


def test_silent_server_times_out(behavior: Behavior, address: str, tmp_path: Path) -> None:
    wait = threading.Event()
    behavior.before = lambda: wait.wait(5)
    with pytest.raises(DownloadError, match="timed out"):
        download(remote(address), tmp_path, n_attempts=1, timeout=0.2)
    wait.set()


def test_several_at_once_leave_one_whole_file(address: str, tmp_path: Path) -> None:
    results: list[object] = []

    def fetch_one() -> None:
        try:
            results.append(fetch(address, tmp_path).read_bytes() == CONTENT)
        except BaseException as error:
            results.append(error)

    threads = [threading.Thread(target=fetch_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 4
    assert is_whole(remote(address), tmp_path / "set" / "file.bin")


def test_another_process_may_finish_first(address: str, tmp_path: Path) -> None:
    path = tmp_path / "set" / "file.bin"

    def finish(here: int, whole: int) -> None:
        if here > HALF and not path.exists():
            path.with_name("file.bin.part").unlink()
            path.write_bytes(CONTENT)

    assert fetch(address, tmp_path, progress=finish) == path
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "Not enough disk space for set/file.bin: 0.5 MB are needed in"),
        (errno.EACCES, "Cannot write to .*Choose a folder that you can write to"),
    ],
)
def test_disk_errors_are_sentences(
    number: int, message: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, *_: object, **__: object) -> None:
        raise OSError(number, "as the system says")

    monkeypatch.setattr(downloads.Path, "touch", fail)
    with pytest.raises(DownloadError, match=message):
        fetch(address, tmp_path)


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    file = remote("http://nowhere.invalid/file.bin")
    folders = [tmp_path / name for name in ("missing", "short", "zeros", "first", "second")]
    for folder, content in zip(folders[1:], (CONTENT[:-1], bytes(len(CONTENT)), CONTENT, CONTENT), strict=True):
        (folder / "set").mkdir(parents=True)
        (folder / "set" / "file.bin").write_bytes(content)
    assert find_file(file, folders) == tmp_path / "first" / "set" / "file.bin"
    assert find_file(file, folders[:3]) is None
    assert is_whole(file, tmp_path / "first" / "set" / "file.bin")
    assert not any(is_whole(file, path) for path in (tmp_path / "short" / "set" / "file.bin", tmp_path))


def test_content_is_read_once_and_again_when_the_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, path, read = remote("http://nowhere.invalid/file.bin"), tmp_path / "set" / "file.bin", []
    monkeypatch.setattr(downloads, "is_whole", lambda *given: bool(read.append(given)) or is_whole(*given))
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    assert [find_file(file, [tmp_path]) for _ in range(3)] == [path] * 3
    assert read == [(file, path)]
    path.write_bytes(bytes(len(CONTENT)))
    os.utime(path, (1, 1))
    assert find_file(file, [tmp_path]) is None


def test_content_is_on_the_disk_before_it_gets_its_name(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power loss could leave a file of the right name and size that is all zeros."""
    events, fsync, replace = [], os.fsync, os.replace
    monkeypatch.setattr(downloads.os, "fsync", lambda *given: events.append("on disk") or fsync(*given))
    monkeypatch.setattr(downloads.os, "replace", lambda *given: events.append("named") or replace(*given))
    fetch(address, tmp_path)
    assert events == ["on disk", "named"]
