"""The table of data sets is complete, and a missing one says how to get it."""

from pathlib import Path

import pytest

from minillama.data_sets import DATA_SETS
from minillama.downloads import find_data_set


def test_missing_data_set_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"Run: minillama fetch tinyshakespeare \(1.1 MB\), or set MINILLAMA"):
        find_data_set("tinyshakespeare", [tmp_path])
    with pytest.raises(ValueError, match="there is no data set 'shakespear'; there are: tinyshakespeare, "):
        find_data_set("shakespear", [tmp_path])


def test_table_of_data_sets_is_complete() -> None:
    assert {"tinyshakespeare", "tinystories", "gsm8k", "humaneval", "blimp"} <= set(DATA_SETS)
    paths = [file.path for data_set in DATA_SETS.values() for file in data_set.files]
    assert len(set(paths)) == len(paths)
    for name, data_set in DATA_SETS.items():
        assert data_set.name == name
        assert data_set.license
        assert data_set.n_bytes == sum(file.n_bytes for file in data_set.files) > 0
        for file in data_set.files:
            assert file.address.startswith("https://")
            assert len(bytes.fromhex(file.sha256)) == 32
            assert not Path(file.path).is_absolute()
    assert len(DATA_SETS["blimp"].files) == 10
