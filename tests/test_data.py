"""data/README.md names every shipped file with its origin, license, size and sha256."""

import hashlib
import re
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
FILES = sorted(path for path in DATA.rglob("*") if path.is_file() and path.name not in ("README.md", ".DS_Store"))
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| (\d+) \| `([0-9a-f]{64})` \|$", re.M)


def test_every_file_is_listed_as_it_is() -> None:
    rows = ROW.findall(DATA.joinpath("README.md").read_text(encoding="utf-8"))
    listed = {(name, int(n_bytes), digest) for name, _, _, n_bytes, digest in rows}
    contents = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in FILES}
    real = {(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in contents.items()}
    assert listed == real, "the second set is what the table must say"


def test_data_stays_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < 25_000_000
