"""Whatever bytes a file holds: it opens, or a ValueError names the file and the defect."""

import random
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest
from tiny_gguf import write_gguf

from minillama.formats.gguf import load_gguf
from minillama.formats.gguf_file import metadata, open_gguf

HEADER_BYTES = 1984  # of the test file
MOST_BYTES = 2_000_000  # allocated at a time while reading the test file of 69 kB


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A whole file with arrays, strings and numbers in its metadata."""
    path = tmp_path_factory.mktemp("gguf") / "small.gguf"
    extra = {
        "tokenizer.ggml.tokens": ["a", "b", "é"],
        "tokenizer.ggml.scores": [0.5, -1.0, 2.0],
        "tokenizer.ggml.add_bos_token": False,
        "empty": "",
    }
    return write_gguf(path, kind=gguf.GGMLQuantizationType.Q8_0, extra=extra).read_bytes()


def header(n_tensors: int = 0, n_entries: int = 0, version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, n_tensors, n_entries)


def text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value


def entry(key: bytes, kind: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + value


def tensor(name: bytes, dims: list[int], kind: int = 0, offset: int = 0) -> bytes:
    return text(name) + struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, kind, offset)


def test_metadata_come_back_as_plain_values(small_file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a file.gguf"
    path.write_bytes(small_file)
    found = metadata(open_gguf(path))
    assert found["general.architecture"] == "llama"
    assert found["llama.block_count"] == 2
    assert found["tokenizer.ggml.tokens"] == ["a", "b", "é"]
    assert found["tokenizer.ggml.scores"] == [0.5, -1.0, 2.0]
    assert found["tokenizer.ggml.add_bos_token"] is False
    assert found["empty"] == ""
    assert {type(value) for value in found.values()} <= {str, int, float, bool, list}
    assert not any(key.startswith("GGUF.") for key in found)


def test_tensors_are_views_of_the_file(small_file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "small.gguf"
    path.write_bytes(small_file)
    reader = open_gguf(path)
    assert isinstance(reader.data.base, np.memmap)
    for ours, theirs in zip(reader.tensors, gguf.GGUFReader(path).tensors, strict=True):
        assert ours.name == theirs.name
        assert np.array_equal(ours.data, theirs.data)
        assert np.shares_memory(ours.data, reader.data)


DEFECTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "it is empty"),
    "magic": (b"GGML" + bytes(20), r"begins with b'GGML', not with b'GGUF'"),
    "short": (b"GG", r"begins with b'GG'"),
    "version 1": (header(version=1), "version 1 is not 2 or 3"),
    "version 4": (header(version=4), "version 4 is not 2 or 3"),
    "big-endian": (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "big-endian"),
    "cut in the counts": (header()[:-3], "ends inside the metadata count; fetch it again"),
    "2**60 tensors": (header(n_tensors=2**60), "1152921504606846976 tensors and 0 metadata entries do not fit"),
    "2**63 entries": (header(n_entries=2**63), "entries do not fit in 24 bytes"),
    "long key": (header(n_entries=1) + struct.pack("<Q", 2**40) + bytes(20), "metadata key 0 claims 1099511627776"),
    "bad UTF-8": (header(n_entries=1) + entry(b"\xff\xfe", 4, bytes(4)), "metadata key 0 is not UTF-8"),
    "bad UTF-8 value": (header(n_entries=1) + entry(b"k", 8, text(b"ab\x80")), "'k' is not UTF-8 .* at byte 47"),
    "unknown value type": (header(n_entries=1) + entry(b"k", 13, bytes(8)), "'k' has the unknown type 13"),
    "nested array": (header(n_entries=1) + entry(b"k", 9, struct.pack("<IQ", 9, 1)), "'k' is an array of type 9"),
    "long array": (
        header(n_entries=1) + entry(b"k", 9, struct.pack("<IQ", 0, 2**50)),
        "'k' claims 1125899906842624 items",
    ),
    "reserved key": (header(n_entries=1) + entry(b"GGUF.version", 4, bytes(4)), "'GGUF.version' appears twice"),
    "same key": (header(n_entries=2) + 2 * entry(b"k", 4, bytes(4)), "'k' appears twice"),
    "alignment 0": (header(n_entries=1) + entry(b"general.alignment", 4, bytes(4)), "power of two, got 0"),
    "alignment 48": (header(n_entries=1) + entry(b"general.alignment", 4, b"0\0\0\0"), "power of two, got 48"),
    "alignment text": (header(n_entries=1) + entry(b"general.alignment", 8, text(b"x")), "got x"),
    "long name": (header(1) + tensor(b"x" * 65, [8]) + bytes(64), "name of tensor 0 has more than 64 bytes"),
    "no dimension": (header(1) + tensor(b"t", []) + bytes(64), "'t' has 0 dimensions"),
    "5 dimensions": (header(1) + tensor(b"t", [1] * 5) + bytes(64), "'t' has 5 dimensions"),
    "2**32-1 dimensions": (header(1) + text(b"t") + b"\xff" * 4 + bytes(64), "'t' has 4294967295 dimensions"),
    "zero rows": (header(1) + tensor(b"t", [8, 0]) + bytes(64), r"'t' has an empty shape \[8, 0\]"),
    "unknown format": (header(1) + tensor(b"t", [8], kind=99) + bytes(64), "'t' has the unknown type 99"),
    "broken block": (header(1) + tensor(b"t", [40], kind=8) + bytes(99), "rows of 40 in tensor 't'"),
    "outside": (header(1) + tensor(b"t", [8], offset=2**40) + bytes(64), "cut off .* before the end of tensor 't'"),
    "overflow": (header(1) + tensor(b"t", [2**62] * 4) + bytes(64), "cut off .* before the end of tensor 't'"),
    "wraps around": (header(1) + tensor(b"t", [8], offset=2**64 - 32) + bytes(64), "cut off"),
    "misaligned": (header(1) + tensor(b"t", [8], offset=4) + bytes(99), "'t' begin at 4, no multiple of 32"),
    "same name": (header(2) + tensor(b"t", [8]) + tensor(b"t", [8], offset=32) + bytes(99), "the same name"),
    "overlap": (header(2) + tensor(b"t", [16]) + tensor(b"u", [8], offset=32) + bytes(99), "'u' overlap another"),
}


@pytest.mark.parametrize(("content", "message"), DEFECTS.values(), ids=DEFECTS)
def test_each_defect_is_named(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        open_gguf(path)
    assert str(caught.value).startswith(f"{path} is not a usable GGUF file: ")


def test_one_missing_byte_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "exact.gguf"
    head = header(1) + tensor(b"t", [8])
    whole = head + bytes(-len(head) % 32) + bytes(8 * 4)
    path.write_bytes(whole)
    assert open_gguf(path).tensors[0].data.tolist() == [0.0] * 8
    path.write_bytes(whole[:-1])
    with pytest.raises(ValueError, match="cut off 1 bytes before the end of tensor 't'; fetch it again"):
        open_gguf(path)


def test_an_absurd_number_of_items_is_refused_before_the_library_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "wide.gguf"
    count = 2**21 + 1
    path.write_bytes(header(n_entries=1) + entry(b"k", 9, struct.pack("<IQ", 0, count) + bytes(count)))
    with pytest.raises(ValueError, match="more than 2097152 array items"):
        open_gguf(path)


def test_what_the_library_objects_to_becomes_a_value_error(
    small_file: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def object_to_everything(*arguments: object) -> None:
        raise KeyError("something new")

    path = tmp_path / "small.gguf"
    path.write_bytes(small_file)
    monkeypatch.setattr(gguf.GGUFReader, "_build_fields", object_to_everything)
    with pytest.raises(ValueError, match=r"small.gguf cannot be read as GGUF: KeyError: 'something new'"):
        open_gguf(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_gguf(tmp_path / "nothing.gguf")


def truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def truncate_header(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(HEADER_BYTES)]


def flip_in_header(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes of the header, where every byte has a meaning."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        changed[chance.randrange(HEADER_BYTES)] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return bytes(changed)


def splice(content: bytes, chance: random.Random) -> bytes:
    """Remove, repeat or overwrite a stretch of the header."""
    start, length = chance.randrange(HEADER_BYTES), chance.randrange(1, 64)
    middle = chance.choice((b"", content[start : start + length] * 2, b"\xff" * 8))
    return content[:start] + middle + content[start + length :]


@pytest.mark.parametrize("damage", [truncate, truncate_header, flip_in_header, splice])
def test_damaged_files_load_or_raise_value_error(
    damage: Callable[[bytes, random.Random], bytes], small_file: bytes, tmp_path: Path
) -> None:
    """The whole way to a model, with damage from a fixed seed; nothing but success or ValueError."""
    chance = random.Random(f"seed for {damage.__name__}")
    path = tmp_path / "damaged.gguf"
    path.write_bytes(small_file)
    load_gguf(path)  # also imports what is imported late, which would count as memory
    refused = 0
    tracemalloc.start()
    for _ in range(150):
        path.write_bytes(damage(small_file, chance))
        try:
            load_gguf(path)
        except ValueError as error:
            assert str(path) in str(error)
            refused += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused > 10
    assert peak < MOST_BYTES
