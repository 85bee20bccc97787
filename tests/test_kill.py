"""Ten sudden deaths: whatever moment a run is killed at, it goes on and ends as if nothing had happened."""

from pathlib import Path

import pytest

from benchmarks.kills import survive


def test_a_run_survives_ten_kills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = survive(10, tmp_path, n_steps=200, seed=3)
    with capsys.disabled():
        print(f"\n{figures['kills_while_writing']} of 10 kills came while a checkpoint was being written")
    assert figures["kills_survived"] == 10
    assert figures["kills_while_writing"] > 0
    assert figures["ended_alike"] == 1
