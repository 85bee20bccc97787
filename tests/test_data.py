"""data/README.md and data/SHA256SUMS name every shipped file as it is."""

import hashlib
import re
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
LISTS = ("README.md", "SHA256SUMS")
FILES = [path for path in sorted(DATA.rglob("*")) if path.is_file() and path.name not in (*LISTS, ".DS_Store")]
NAMES = [path.relative_to(DATA).as_posix() for path in FILES]
SUMS = [hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES]
ROW = re.compile(r"^\| `([^`]+)` \| [^|]+ \| [^|]+ \| (\d+) \| `(\w+)` \|$", re.M)  # origin and license between


def test_readme_lists_every_file_as_it_is() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    real = [(name, str(path.stat().st_size), digest) for name, path, digest in zip(NAMES, FILES, SUMS, strict=True)]
    assert sorted(ROW.findall(text)) == real, "the second list is what the table must say"


def test_sums_are_right() -> None:
    lines = [f"{digest}  {name}" for name, digest in zip(NAMES, SUMS, strict=True)]
    text = (DATA / "SHA256SUMS").read_text(encoding="utf-8")
    assert sorted(text.splitlines()) == sorted(lines), "the second list is what the file must hold"


def test_data_stays_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < 25_000_000
