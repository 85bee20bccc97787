"""Token rows on disk: plain arrays of small integers in a few files, and an index that describes them.

The files are mapped into memory, not read: the operating system loads the pages that are used and forgets them
when memory is short, so a corpus may be larger than memory.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from .atomic_files import open_atomically
from .formats.json_object import JsonObject, load_json

INDEX = "index.json"
FORMAT = "minillama token rows 1"
DTYPES = ("uint16", "uint32")
CHUNK_TOKENS = 1 << 18


def write_shards(
    folder: str | Path,
    rows: Iterable[Sequence[int]],
    row_length: int,
    vocab_size: int,
    *,
    bos_id: int,
    eos_id: int,
    shard_tokens: int = 1 << 24,
    about: dict[str, Any] | None = None,
) -> "TokenShards":
    """Write rows of tokens into files ``shard-00000.bin``, ``shard-00001.bin``, ... and an index.

    An id takes 2 bytes if the vocabulary has at most 65,536 tokens, else 4. The index is written last: a folder
    whose writing was interrupted has none and is not mistaken for a whole one. Shards that were there before are
    replaced.

    Args:
        folder: where to write; created if it is missing.
        rows: token ids, ``row_length`` each. Read as needed, so there may be more than fit in memory.
        row_length: ids in a row.
        vocab_size: ids run from 0 to one less.
        bos_id: the token that begins a document.
        eos_id: the token that ends a document, another one.
        shard_tokens: about how many tokens one file holds.
        about: anything worth remembering, such as the corpus and its seed; must be JSON.

    Returns:
        The shards, opened.

    Raises:
        ValueError: if there are no rows, one has another length or an unfit id, or ``bos_id`` is ``eos_id``.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     shards = write_shards(folder, [[0, 7, 9], [0, 8, 9]], 3, 10, bos_id=0, eos_id=9)
        ...     (len(shards), shards.dtype.name, shards.row(1).tolist())
        (2, 'uint16', [0, 8, 9])
    """
    if shard_tokens < 1:
        raise ValueError(f"shard_tokens must be at least 1, got {shard_tokens}")
    index = _new_index(row_length, vocab_size, bos_id, eos_id, about or {})
    folder, rows, rows_per_shard = Path(folder), iter(rows), max(1, shard_tokens // row_length)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / INDEX).unlink(missing_ok=True)
    while entry := _write_shard(folder, rows, rows_per_shard, index):
        index["shards"].append(entry)
        index["n_rows"] += entry["n_rows"]
    if not index["n_rows"]:
        raise ValueError(f"there are no rows to write into {folder}: is the corpus empty?")
    for stale in set(folder.glob("shard-*.bin")) - {folder / entry["name"] for entry in index["shards"]}:
        stale.unlink()
    with open_atomically(folder / INDEX) as file:
        file.write(json.dumps(index, indent=1, ensure_ascii=False).encode())
    return TokenShards(folder)


def _new_index(row_length: int, vocab_size: int, bos_id: int, eos_id: int, about: dict[str, Any]) -> dict[str, Any]:
    """Check the settings and put them into an index that has no shards yet."""
    if row_length < 2:
        raise ValueError(f"row_length must be at least 2, got {row_length}")
    for name, value in (("bos_id", bos_id), ("eos_id", eos_id)):
        if not 0 <= value < vocab_size:
            raise ValueError(f"{name} must be an id below vocab_size ({vocab_size}), got {value}")
    _require_two_tokens(bos_id, eos_id)
    json.dumps(about)  # fails here rather than after an hour of writing
    index: dict[str, Any] = {"format": FORMAT, "dtype": DTYPES[vocab_size > 1 << 16], "row_length": row_length}
    index |= {"vocab_size": vocab_size, "bos_id": bos_id, "eos_id": eos_id}
    return index | {"n_rows": 0, "shards": [], "about": about}


def _require_two_tokens(bos_id: int, eos_id: int) -> None:
    """Refuse one token for both ends of a document."""
    if bos_id == eos_id:
        raise ValueError(
            f"bos_id and eos_id are both {bos_id}: BOS is never predicted, so the end of a document would never be "
            "learned. Choose two tokens and write the shards again"
        )


def _write_shard(
    folder: Path, rows: Iterator[Sequence[int]], rows_per_shard: int, index: dict[str, Any]
) -> dict[str, Any] | None:
    """Write the next file and describe it; None if there is nothing left to write."""
    chunk_rows = max(1, CHUNK_TOKENS // index["row_length"])
    chunk = list(islice(rows, min(chunk_rows, rows_per_shard)))
    if not chunk:
        return None
    path = folder / f"shard-{len(index['shards']):05}.bin"
    digest, n_rows, n_bytes = hashlib.sha256(), 0, 0
    with open_atomically(path) as file:
        while chunk:
            data = _to_array(chunk, index["n_rows"] + n_rows, index).tobytes()
            file.write(data)
            digest.update(data)
            n_rows, n_bytes = n_rows + len(chunk), n_bytes + len(data)
            chunk = list(islice(rows, min(chunk_rows, rows_per_shard - n_rows)))
    return {"name": path.name, "n_rows": n_rows, "n_bytes": n_bytes, "sha256": digest.hexdigest()}


def _to_array(chunk: list[Sequence[int]], first: int, index: dict[str, Any]) -> np.ndarray:
    """Check some rows, of which the first has this number, and make them small integers."""
    for number, row in enumerate(chunk, start=first):
        if len(row) != index["row_length"]:
            raise ValueError(f"row {number} has {len(row)} ids; every row needs row_length = {index['row_length']}")
    array, last = np.array(chunk), first + len(chunk) - 1
    if array.dtype.kind not in "iu":
        raise ValueError(f"rows {first} to {last} hold {array.dtype} values; ids are integers: pass what encode gave")
    if array.min() < 0 or array.max() >= index["vocab_size"]:
        raise ValueError(
            f"rows {first} to {last} hold ids from {array.min()} to {array.max()}; they must be "
            f"from 0 to {index['vocab_size'] - 1}. Was the text encoded with another tokenizer?"
        )
    return array.astype(np.dtype(index["dtype"]).newbyteorder("<"))


class TokenShards:
    """The rows that ``write_shards`` wrote, mapped into memory.

    Args:
        folder: where the index and the shards are.

    Attributes:
        row_length, vocab_size, bos_id, eos_id, about: as given to ``write_shards``.
        dtype: uint16 or uint32, least significant byte first.

    Raises:
        FileNotFoundError: if the folder has no index or a shard is missing.
        ValueError: if the index is damaged or a shard has another size than the index says.
    """

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        index = self._read_index()
        self._entries = [JsonObject(entry) for entry in index.get("shards", list)]
        self.dtype = np.dtype(index.get("dtype", str)).newbyteorder("<")
        self.row_length: int = index.get("row_length", int)
        self.vocab_size: int = index.get("vocab_size", int)
        self.bos_id: int = index.get("bos_id", int)
        self.eos_id: int = index.get("eos_id", int)
        self.about: dict[str, Any] = index.get("about", dict, {})
        self._maps = [self._map(entry) for entry in self._entries]
        self._ends = np.cumsum([len(rows) for rows in self._maps])

    def __len__(self) -> int:
        """Number of rows."""
        return int(self._ends[-1])

    @property
    def n_tokens(self) -> int:
        """Number of ids in all rows, filling included."""
        return len(self) * self.row_length

    @property
    def fingerprint(self) -> str:
        """A short name of exactly this content: equal files have equal ones, wherever they are."""
        sums = [entry.get("sha256", str) for entry in self._entries]
        text = json.dumps([self.dtype.name, self.row_length, self.vocab_size, self.bos_id, sums])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def row(self, number: int) -> np.ndarray:
        """Return one row.

        Args:
            number: from 0 to one less than the number of rows.

        Returns:
            Shape (row_length,), read-only, a view of the file.

        Raises:
            IndexError: if there is no such row.
        """
        if not 0 <= number < len(self):
            raise IndexError(f"there is no row {number}: rows run from 0 to {len(self) - 1}")
        shard = int(np.searchsorted(self._ends, number, side="right"))
        return self._maps[shard][number - int(self._ends[shard]) + len(self._maps[shard])]

    def verify(self) -> None:
        """Read everything and compare it with the checksums of the index.

        Raises:
            ValueError: if a shard was altered; the message names it.
        """
        for entry in self._entries:
            path = self.folder / entry.get("name", str)
            with path.open("rb") as file:
                real = hashlib.file_digest(file, "sha256").hexdigest()
            if real != entry.get("sha256", str):
                told = f"its sha256 is {real}, the index says {entry.get('sha256', str)}"
                raise ValueError(f"{path} was altered: {told}. Write the shards again")

    def _read_index(self) -> JsonObject:
        """Load the index and refuse what is none."""
        path = self.folder / INDEX
        if not path.exists():
            raise FileNotFoundError(
                f"{self.folder} has no {INDEX}: it is not a folder of token shards, or its writing was "
                "interrupted. Write it with write_shards"
            )
        index = load_json(path)
        if index.get("format", str) != FORMAT:
            raise ValueError(f"{path} is not an index of token shards: its format is not {FORMAT!r}")
        needed = {"dtype": str, "row_length": int, "vocab_size": int, "bos_id": int, "eos_id": int, "shards": list}
        if missing := [name for name, kind in needed.items() if index.get(name, kind) in (None, "", [])]:
            raise ValueError(f"{path} is damaged: it lacks {', '.join(missing)}. Write the shards again")
        if index.get("dtype", str) not in DTYPES:
            raise ValueError(f"{path} says dtype {index.get('dtype', str)!r}; it must be one of {DTYPES}")
        _require_two_tokens(index.get("bos_id", int), index.get("eos_id", int))
        return index

    def _map(self, entry: JsonObject) -> np.ndarray:
        """Map one file."""
        path = self.folder / entry.get("name", str, "")
        n_rows = entry.get("n_rows", int, 0)
        needed = n_rows * self.row_length * self.dtype.itemsize
        if n_rows < 1:
            raise ValueError(f"the index in {self.folder} is damaged: a shard has no rows. Write the shards again")
        if not path.is_file():
            raise FileNotFoundError(f"{path} is missing: copy the whole folder, or write the shards again")
        if path.stat().st_size != needed:
            raise ValueError(
                f"{path} has {path.stat().st_size} bytes, the index says {needed}: it was cut off or replaced. "
                "Copy it anew, or write the shards again"
            )
        return np.memmap(path, self.dtype, "r", shape=(n_rows, self.row_length)).view(np.ndarray)  # plain: faster
