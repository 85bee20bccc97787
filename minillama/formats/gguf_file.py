"""Open a GGUF container: check every byte of its header first, then hand it to the gguf library.

The library trusts what it reads. A damaged or hostile file could make it allocate without bound or fail in
many ways, so the header is walked here once, against the size of the file, and every defect becomes one
ValueError that names the file.

Source:
    ggml-org/ggml, docs/gguf.md, versions 2 and 3.
"""

import math
import mmap
import struct
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import gguf
import numpy as np

MAX_ARRAY_ITEMS = 1 << 21  # in all metadata; a vocabulary of 262,144 tokens with its merges needs 1.3 million
MAX_NAME_BYTES = 64
# value type -> layout: u8 i8 u16 i16 u32 i32 f32 bool u64 i64 f64
SCALARS = dict(zip((0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12), (f"<{c}" for c in "BbHhIif?Qqd"), strict=True))
UINT32, STRING, ARRAY = 4, 8, 9
LIBRARY_KEYS = frozenset({"GGUF.version", "GGUF.tensor_count", "GGUF.kv_count"})  # the library adds these


class _Extent(NamedTuple):
    """Where one tensor claims its data: bytes from the start of the data section."""

    start: int
    n_bytes: int
    name: str


class _Scanner:
    """Walk the header of a GGUF file and stop at the first thing that cannot be right."""

    def __init__(self, path: Path, data: mmap.mmap | bytes):
        self.path = path
        self.data = data
        self.size = len(data)
        self.position = 0
        self.n_items = 0
        self.alignment = gguf.GGUF_DEFAULT_ALIGNMENT

    def fail(self, defect: str) -> NoReturn:
        raise ValueError(f"{self.path} is not a usable GGUF file: {defect}")

    def number(self, layout: str, what: str) -> Any:
        """Read one little-endian number."""
        end = self.position + struct.calcsize(layout)
        if end > self.size:
            self.fail(f"the file ends inside {what}; fetch it again")
        (value,) = struct.unpack_from(layout, self.data, self.position)
        self.position = end
        return value

    def string(self, what: str) -> str:
        """Read a length and that many bytes of UTF-8."""
        length = self.number("<Q", what)
        if length > self.size - self.position:
            self.fail(f"{what} claims {length} bytes, more than the file has left")
        start, self.position = self.position, self.position + length
        try:
            return str(self.data[start : self.position], "utf-8")
        except UnicodeDecodeError as error:
            self.fail(f"{what} is not UTF-8 ({error.reason} at byte {start + error.start})")

    def header(self) -> tuple[int, int]:
        """Read magic, version and the two counts; return (tensors, metadata entries)."""
        if self.data[:4] != b"GGUF":
            self.fail(f"it begins with {bytes(self.data[:4])!r}, not with b'GGUF'")
        self.position = 4
        version = self.number("<I", "the version")
        if version not in (2, 3):
            big_endian = version and version & 0xFFFF == 0
            reason = "it is big-endian" if big_endian else f"version {version} is not 2 or 3"
            self.fail(reason)
        n_tensors, n_entries = self.number("<Q", "the tensor count"), self.number("<Q", "the metadata count")
        # The smallest tensor entry has 33 bytes, the smallest metadata entry 14.
        if 33 * n_tensors + 14 * n_entries > self.size:
            self.fail(f"{n_tensors} tensors and {n_entries} metadata entries do not fit in {self.size} bytes")
        return n_tensors, n_entries

    def value(self, kind: int, key: str) -> Any:
        """Walk over one metadata value; return it if it is a single one."""
        if kind in SCALARS:
            return self.number(SCALARS[kind], f"metadata {key!r}")
        if kind == STRING:
            return self.string(f"metadata {key!r}")
        if kind == ARRAY:
            return self.array(key)
        return self.fail(f"metadata {key!r} has the unknown type {kind}")

    def array(self, key: str) -> None:
        """Walk over a flat array of numbers or strings."""
        kind, count = self.number("<I", f"metadata {key!r}"), self.number("<Q", f"metadata {key!r}")
        if kind not in SCALARS and kind != STRING:
            self.fail(f"metadata {key!r} is an array of type {kind}; only numbers and strings are possible")
        width = struct.calcsize(SCALARS.get(kind, "<Q"))  # a string takes at least its length
        if count > (self.size - self.position) // width:
            self.fail(f"metadata {key!r} claims {count} items, more than the file has left")
        self.n_items += count
        if self.n_items > MAX_ARRAY_ITEMS:
            self.fail(f"its metadata holds more than {MAX_ARRAY_ITEMS} array items")
        if kind != STRING:
            self.position += count * width
            return
        for _ in range(count):
            self.string(f"metadata {key!r}")

    def metadata(self, n_entries: int) -> None:
        """Walk over all metadata and remember the alignment."""
        keys = set(LIBRARY_KEYS)
        for index in range(n_entries):
            key = self.string(f"metadata key {index}")
            if key in keys:
                self.fail(f"metadata {key!r} appears twice")
            keys.add(key)
            kind = self.number("<I", f"metadata {key!r}")
            value = self.value(kind, key)
            if key == "general.alignment":
                if kind != UINT32 or value < 1 or value & (value - 1):
                    self.fail(f"general.alignment must be a power of two, got {value}")
                self.alignment = value

    def tensor(self, index: int) -> _Extent:
        """Read one tensor entry; return where its data lie."""
        name = self.string(f"the name of tensor {index}")
        if len(name.encode()) > MAX_NAME_BYTES:
            self.fail(f"the name of tensor {index} has more than {MAX_NAME_BYTES} bytes")
        n_dims = self.number("<I", f"tensor {name!r}")
        if not 1 <= n_dims <= 4:
            self.fail(f"tensor {name!r} has {n_dims} dimensions; 1 to 4 are possible")
        dims = [self.number("<Q", f"tensor {name!r}") for _ in range(n_dims)]
        kind, start = self.number("<I", f"tensor {name!r}"), self.number("<Q", f"tensor {name!r}")
        if 0 in dims:
            self.fail(f"tensor {name!r} has an empty shape {dims}")
        if kind not in gguf.GGML_QUANT_SIZES:
            self.fail(f"tensor {name!r} has the unknown type {kind}")
        block_size, block_bytes = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType(kind)]
        if dims[0] % block_size:
            self.fail(f"rows of {dims[0]} in tensor {name!r} do not divide into blocks of {block_size}")
        return _Extent(start, math.prod(dims) // block_size * block_bytes, name)

    def tensors(self, n_tensors: int) -> None:
        """Check that the data of all tensors lie inside the file and do not overlap."""
        extents = [self.tensor(index) for index in range(n_tensors)]
        if len({extent.name for extent in extents}) < n_tensors:
            self.fail("two tensors have the same name")
        data_start = -(-self.position // self.alignment) * self.alignment
        previous_end = 0
        for start, n_bytes, name in sorted(extents):
            if start % self.alignment:
                self.fail(f"the data of tensor {name!r} begin at {start}, no multiple of {self.alignment}")
            if start < previous_end:
                self.fail(f"the data of tensor {name!r} overlap another tensor")
            previous_end = start + n_bytes
            if data_start + previous_end > self.size:
                missing = data_start + previous_end - self.size
                self.fail(f"it is cut off {missing} bytes before the end of tensor {name!r}; fetch it again")


class _Reader(gguf.GGUFReader):
    """The library's reader, on plain views of the mapped file: three times faster than memmap views."""

    @property
    def data(self) -> np.ndarray:
        return self._data

    @data.setter
    def data(self, mapped: np.ndarray) -> None:
        self._data = np.asarray(mapped)


def open_gguf(path: str | Path) -> gguf.GGUFReader:
    """Open a GGUF file, memory-mapped, after checking its whole header.

    Args:
        path: a little-endian GGUF file of version 2 or 3.

    Returns:
        The gguf library's reader: ``.tensors`` with raw blocks, ``.fields`` with metadata. Tensor data are
        views of the file; nothing is read before it is used.

    Raises:
        ValueError: the file is no GGUF file, is cut off, or contradicts itself; the message names the defect.
        OSError: the file cannot be opened.

    Example:
        >>> import gguf, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     writer = gguf.GGUFWriter(f"{folder}/tiny.gguf", "llama")
        ...     writer.write_header_to_file(), writer.write_kv_data_to_file(), writer.close()
        ...     metadata(open_gguf(f"{folder}/tiny.gguf"))
        (None, None, None)
        {'general.architecture': 'llama'}

    Source:
        ggml-org/ggml, docs/gguf.md.
    """
    path = Path(path)
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            _Scanner(path, b"").fail("it is empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            scanner = _Scanner(path, data)
            n_tensors, n_entries = scanner.header()
            scanner.metadata(n_entries)
            scanner.tensors(n_tensors)
    try:
        return _Reader(path)
    except OSError:
        raise
    except Exception as error:  # whatever the library objects to beyond the checks above
        raise ValueError(f"{path} cannot be read as GGUF: {type(error).__name__}: {error}") from error


def metadata(reader: gguf.GGUFReader) -> dict[str, Any]:
    """Return the metadata of an open file as plain Python values.

    Args:
        reader: what ``open_gguf`` returned.

    Returns:
        Key to str, int, float, bool, or a list of those, in the order of the file.
    """
    return {key: field.contents() for key, field in reader.fields.items() if key not in LIBRARY_KEYS}
