"""Token rows on disk: written whole, mapped back, and every kind of damage named."""

import hashlib
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minillama.shards import TokenShards, write_shards

BOS, EOS = 3, 1


def some_rows(n: int, row_length: int = 5, vocab_size: int = 97) -> list[list[int]]:
    return np.random.default_rng(0).integers(0, vocab_size, (n, row_length)).tolist()


def write(folder: Path, rows: object, **options: Any) -> TokenShards:
    settings = {"row_length": 5, "vocab_size": 97, "bos_id": BOS, "eos_id": EOS} | options
    return write_shards(folder, rows, **settings)


@pytest.mark.parametrize(("n_rows", "shard_tokens"), [(1, 5), (7, 15), (6, 15), (6, 1), (300_000, 1 << 19)])
def test_rows_come_back(n_rows: int, shard_tokens: int, tmp_path: Path) -> None:
    rows = some_rows(n_rows)
    shards = write(tmp_path, rows, shard_tokens=shard_tokens)
    assert len(shards) == n_rows
    assert shards.n_tokens == 5 * n_rows
    assert [shards.row(number).tolist() for number in range(n_rows)] == rows
    assert len(list(tmp_path.glob("*.bin"))) == -(-n_rows // max(1, shard_tokens // 5))
    shards.verify()


@pytest.mark.parametrize(("vocab_size", "kind"), [(97, "uint16"), (65_536, "uint16"), (65_537, "uint32")])
def test_ids_take_as_few_bytes_as_the_vocabulary_needs(vocab_size: int, kind: str, tmp_path: Path) -> None:
    shards = write(tmp_path, [[0, BOS, EOS, 7, vocab_size - 1]], vocab_size=vocab_size)
    assert shards.dtype == np.dtype(kind)
    assert shards.row(0).tolist() == [0, BOS, EOS, 7, vocab_size - 1]
    assert (tmp_path / "shard-00000.bin").stat().st_size == 5 * np.dtype(kind).itemsize


def test_bytes_on_disk_by_hand(tmp_path: Path) -> None:
    write(tmp_path, [[1, 2, 3, 4, 96]])
    assert (tmp_path / "shard-00000.bin").read_bytes() == bytes([1, 0, 2, 0, 3, 0, 4, 0, 96, 0])


def test_index_tells_everything(tmp_path: Path) -> None:
    write(tmp_path, some_rows(7), shard_tokens=15, about={"seed": 11, "kind": "bücher"})
    index = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert {name: index[name] for name in ("dtype", "row_length", "n_rows", "vocab_size", "bos_id", "eos_id")} == {
        "dtype": "uint16", "row_length": 5, "n_rows": 7, "vocab_size": 97, "bos_id": BOS, "eos_id": EOS,
    }  # fmt: skip
    assert [shard["n_rows"] for shard in index["shards"]] == [3, 3, 1]
    for shard in index["shards"]:
        data = (tmp_path / shard["name"]).read_bytes()
        assert (shard["n_bytes"], shard["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    opened = TokenShards(tmp_path)
    assert opened.about == {"seed": 11, "kind": "bücher"}
    assert (opened.row_length, opened.vocab_size, opened.bos_id, opened.eos_id) == (5, 97, BOS, EOS)


def test_same_rows_have_the_same_fingerprint(tmp_path: Path) -> None:
    first = write(tmp_path / "a", some_rows(7), about={"when": 1})
    second = write(tmp_path / "b", some_rows(7), about={"when": 2})
    other = write(tmp_path / "c", some_rows(8))
    assert first.fingerprint == second.fingerprint != other.fingerprint


def test_writing_again_replaces_all(tmp_path: Path) -> None:
    old = write(tmp_path, some_rows(9), shard_tokens=15)
    new = write(tmp_path, some_rows(2)[::-1])
    assert len(new) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.json", "shard-00000.bin"]
    assert old.row(8).tolist() == some_rows(9)[8]  # what is mapped stays until it is let go


def test_interrupted_writing_is_not_mistaken_for_whole(tmp_path: Path) -> None:
    write(tmp_path, some_rows(2))

    def broken() -> Iterator[list[int]]:
        yield from some_rows(4)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, broken(), shard_tokens=10)
    with pytest.raises(FileNotFoundError, match=r"has no index.json: .* its writing was interrupted"):
        TokenShards(tmp_path)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("harm", "error", "message"),
    [
        (lambda path: path.unlink(), FileNotFoundError, r"shard-00001.bin is missing: copy the whole folder"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), ValueError, "has 29 bytes, the index says 30: it was"),
        (lambda path: path.write_bytes(b""), ValueError, "has 0 bytes, the index says 30"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x"), ValueError, "has 31 bytes, the index says 30"),
    ],
    ids=["missing", "short", "empty", "long"],
)
def test_damaged_shard_is_named(
    harm: Callable[[Path], object], error: type[Exception], message: str, tmp_path: Path
) -> None:
    write(tmp_path, some_rows(9), shard_tokens=15)
    harm(tmp_path / "shard-00001.bin")
    with pytest.raises(error, match=message):
        TokenShards(tmp_path)


def test_altered_shard_is_named_by_verify(tmp_path: Path) -> None:
    write(tmp_path, some_rows(9), shard_tokens=15)
    path = tmp_path / "shard-00001.bin"
    data = bytearray(path.read_bytes())
    data[17] ^= 1
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"shard-00001.bin was altered: its sha256 is"):
        TokenShards(tmp_path).verify()


def index_with(**changes: object) -> Callable[[Path], object]:
    """Change some entries of an index."""
    return lambda path: path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda path: path.write_text("{", encoding="utf-8"), "index.json is not JSON, or it is cut off"),
        (lambda path: path.write_text("[]", encoding="utf-8"), "should hold a JSON object"),
        (lambda path: path.write_text("{}", encoding="utf-8"), "is not an index of token shards"),
        (index_with(shards=[]), "is damaged: it lacks shards"),
        (index_with(row_length=None), "is damaged: it lacks row_length"),
        (index_with(row_length="5"), "'row_length' should be of type int"),
        (index_with(dtype="float64"), "says dtype 'float64'"),
        (index_with(row_length=6), "the index says"),
        (index_with(shards=[{"name": "shard-00000.bin", "n_rows": 0}]), "is damaged: a shard has no rows"),
        (index_with(shards=[7]), "a JSON object was expected, got 7"),
        (index_with(eos_id=BOS), "bos_id and eos_id are both 3: .*Choose two tokens and write the shards again"),
    ],
)
def test_damaged_index_is_refused(harm: Callable[[Path], object], message: str, tmp_path: Path) -> None:
    write(tmp_path, some_rows(2))
    harm(tmp_path / "index.json")
    with pytest.raises(ValueError, match=message):
        TokenShards(tmp_path)


def test_wrong_rows_are_refused_by_number(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="row 2 has 4 ids; every row needs row_length = 5"):
        write(tmp_path, [*some_rows(2), [1, 2, 3, 4]])
    with pytest.raises(ValueError, match=r"rows 0 to 0 hold ids from 1 to 97; they must be from 0 to 96"):
        write(tmp_path, [[1, 2, 3, 4, 97]])
    with pytest.raises(ValueError, match="hold ids from -1 to 4"):
        write(tmp_path, [[1, 2, 3, 4, -1]])
    with pytest.raises(ValueError, match="there are no rows to write"):
        write(tmp_path, [])


@pytest.mark.parametrize("odd", [5.7, math.nan, 5.0, True, "5", 1 << 64], ids=repr)
def test_ids_that_are_no_integers_are_refused(odd: object, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"rows 0 to 1 hold \S+ values; ids are integers: pass what encode gave"):
        write(tmp_path, [[odd] * 5] * 2)


def test_wrong_settings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="row_length must be at least 2, got 1"):
        write(tmp_path, [[1]], row_length=1)
    with pytest.raises(ValueError, match=r"bos_id must be an id below vocab_size \(97\), got 97"):
        write(tmp_path, some_rows(1), bos_id=97)
    with pytest.raises(ValueError, match="bos_id and eos_id are both 3: .*so the end of a document would never be"):
        write(tmp_path, some_rows(1), eos_id=BOS)
    with pytest.raises(ValueError, match="shard_tokens must be at least 1, got 0"):
        write(tmp_path, some_rows(1), shard_tokens=0)
    with pytest.raises(TypeError, match="JSON serializable"):
        write(tmp_path, some_rows(1), about={"path": tmp_path})


def test_rows_cannot_be_changed_or_overrun(tmp_path: Path) -> None:
    shards = write(tmp_path, some_rows(4), shard_tokens=10)
    with pytest.raises(ValueError, match="read-only"):
        shards.row(0)[0] = 5
    for number in (-1, 4):
        with pytest.raises(IndexError, match=f"there is no row {number}: rows run from 0 to 3"):
            shards.row(number)
