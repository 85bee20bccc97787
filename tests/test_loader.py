"""Batches: each row once an epoch, the same for everybody who counts to the same step."""

from pathlib import Path

import numpy as np
import pytest
import torch

from minillama.data import Loader, in_order, split_row
from minillama.loss import IGNORE
from minillama.shards import TokenShards, write_shards

BOS, EOS, N_ROWS = 3, 1, 23


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> TokenShards:
    """23 rows in several files; a row's second id is its number plus ten."""
    rows = [[BOS, 10 + number, 5, EOS, BOS, 6, EOS, BOS] for number in range(N_ROWS)]
    folder = tmp_path_factory.mktemp("shards")
    return write_shards(folder, rows, 8, 97, bos_id=BOS, eos_id=EOS, shard_tokens=40)


def numbers(loader: Loader, n_steps: int) -> list[int]:
    """Which rows some steps bring."""
    return [int(row[1]) - 10 for _ in range(n_steps) for row in next(loader)[0]]


def test_targets_are_the_next_tokens_but_never_bos(shards: TokenShards) -> None:
    tokens, targets = next(Loader(shards, batch_size=2, seed=0))
    assert (tokens.shape, tokens.dtype, targets.dtype) == ((2, 7), torch.int64, torch.int64)
    number = int(tokens[1, 1])
    assert tokens[1].tolist() == [BOS, number, 5, EOS, BOS, 6, EOS]
    assert targets[1].tolist() == [number, 5, EOS, IGNORE, 6, EOS, IGNORE]


def test_split_row_leaves_its_input_alone() -> None:
    rows = np.array([[BOS, 9, BOS, 8]], np.uint16)
    tokens, targets = split_row(rows, BOS)
    tokens.zero_()
    assert targets.tolist() == [[9, IGNORE, 8]]
    assert rows.tolist() == [[BOS, 9, BOS, 8]]


@pytest.mark.parametrize("batch_size", [1, 4, 23, 30])
def test_every_row_comes_once_in_every_epoch(batch_size: int, shards: TokenShards) -> None:
    """Batches go across the border of epochs: 23 steps are as many epochs as rows in a batch."""
    seen = numbers(Loader(shards, batch_size, seed=5), n_steps=N_ROWS)
    epochs = [seen[start : start + N_ROWS] for start in range(0, len(seen), N_ROWS)]
    assert len(epochs) == batch_size
    assert all(sorted(epoch) == list(range(N_ROWS)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == batch_size  # each in another order


def test_seed_decides_the_order(shards: TokenShards) -> None:
    orders = [numbers(Loader(shards, 4, seed), n_steps=5) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


@pytest.mark.parametrize(("n_ranks", "batch_size"), [(2, 6), (3, 4), (4, 3), (12, 1)])
def test_all_processes_together_read_the_global_batch(n_ranks: int, batch_size: int, shards: TokenShards) -> None:
    alone = Loader(shards, 12, seed=7)
    ranks = [Loader(shards, batch_size, seed=7, rank=rank, n_ranks=n_ranks) for rank in range(n_ranks)]
    for _ in range(6):
        whole, parts = next(alone), [next(loader) for loader in ranks]
        assert torch.equal(torch.cat([tokens for tokens, _ in parts]), whole[0])
        assert torch.equal(torch.cat([targets for _, targets in parts]), whole[1])
    assert {loader.epoch for loader in (alone, *ranks)} == {72 / 23}


@pytest.mark.parametrize("stop", [0, 1, 5, 6, 40])
def test_continues_bit_by_bit_from_any_step(stop: int, shards: TokenShards) -> None:
    whole = Loader(shards, 4, seed=3)
    expected = [next(whole) for _ in range(stop + 9)][stop:]
    first = Loader(shards, 4, seed=3)
    for _ in range(stop):
        next(first)
    resumed = Loader(shards, 4, seed=3)
    resumed.load_state_dict(first.state_dict())
    started = Loader(shards, 4, seed=3, position=stop)
    for tokens, targets in expected:
        for loader in (resumed, started):
            again = next(loader)
            assert torch.equal(again[0], tokens)
            assert torch.equal(again[1], targets)


def test_continues_with_another_number_of_processes(shards: TokenShards) -> None:
    pair = [Loader(shards, 6, seed=3, rank=rank, n_ranks=2) for rank in range(2)]
    for loader in pair:
        next(loader)
    alone = Loader(shards, 12, seed=3)
    alone.load_state_dict(pair[1].state_dict())
    assert torch.equal(next(alone)[0], torch.cat([next(loader)[0] for loader in pair]))


def test_state_is_plain(shards: TokenShards) -> None:
    assert all(isinstance(value, int | str) for value in Loader(shards, 4, seed=3).state_dict().values())


def test_position_in_other_data_is_refused(shards: TokenShards, tmp_path: Path) -> None:
    state = Loader(shards, 4, seed=3, position=9).state_dict()
    other = write_shards(tmp_path, [[BOS, 5, EOS]] * 4, 3, 97, bos_id=BOS, eos_id=EOS)
    for loader, message in [
        (Loader(shards, 4, seed=8), "seed: saved 3, here 8"),
        (Loader(shards, 5, seed=3), "rows_per_step: saved 4, here 5"),
        (Loader(other, 4, seed=3), "n_rows: saved 23, here 4; data: saved"),
    ]:
        with pytest.raises(ValueError, match=f"belongs to another order of rows .*{message}"):
            loader.load_state_dict(state)
        assert loader.position == 0
    with pytest.raises(ValueError, match="position: saved None"):
        loader = Loader(shards, 4, seed=3)
        loader.load_state_dict({name: value for name, value in state.items() if name != "position"})


def test_in_order_reads_every_row_once(shards: TokenShards) -> None:
    batches = list(in_order(shards, 5))
    assert [len(tokens) for tokens, _ in batches] == [5, 5, 5, 5, 3]
    assert [int(row[1]) - 10 for tokens, _ in batches for row in tokens] == list(range(N_ROWS))
    assert [int(row[0]) - 10 for _, targets in batches for row in targets] == list(range(N_ROWS))


def test_sizes_must_make_sense(shards: TokenShards) -> None:
    with pytest.raises(ValueError, match="batch_size must be at least 1 row, got 0"):
        Loader(shards, 0, seed=0)
    with pytest.raises(ValueError, match=r"rank must be from 0 to n_ranks - 1 \(1\), got 2"):
        Loader(shards, 4, seed=0, rank=2, n_ranks=2)
    with pytest.raises(ValueError, match="position counts steps from 0, got -1"):
        Loader(shards, 4, seed=0, position=-1)
    with pytest.raises(ValueError, match="batch_size must be at least 1 row"):
        next(in_order(shards, 0))
