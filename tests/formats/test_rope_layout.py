"""Both orders of query and key rows: by hand, as inverses, and as the reason that scores agree."""

import pytest
import torch

from minillama.formats.rope_layout import interleaved_to_split, split_to_interleaved
from minillama.rope import apply_rope, rope_frequencies, rope_table

H, D, C, T = 3, 8, 5, 7  # a width of 8 at least: for 4 both directions are the same


def test_orders_worked_out_by_hand() -> None:
    rows = torch.arange(8)
    assert split_to_interleaved(rows, 1).tolist() == [0, 4, 1, 5, 2, 6, 3, 7]
    assert interleaved_to_split(rows, 1).tolist() == [0, 2, 4, 6, 1, 3, 5, 7]


def test_each_head_is_reordered_alone() -> None:
    rows = torch.arange(2 * 8)
    expected = [0, 4, 1, 5, 2, 6, 3, 7]
    assert split_to_interleaved(rows, 2).tolist() == expected + [8 + row for row in expected]


@pytest.mark.parametrize("shape", [(H * D,), (H * D, C), (H * D, C, 2)])
def test_the_two_are_inverses(shape: tuple[int, ...]) -> None:
    rows = torch.randn(shape)
    assert torch.equal(interleaved_to_split(split_to_interleaved(rows, H), H), rows)
    assert torch.equal(split_to_interleaved(interleaved_to_split(rows, H), H), rows)
    assert split_to_interleaved(rows, H).shape == shape


def test_columns_stay_with_their_row() -> None:
    weight = torch.arange(H * D)[:, None] * 100 + torch.arange(C)
    moved = interleaved_to_split(weight, H)
    assert torch.equal(moved - torch.arange(C), moved[:, :1].expand(-1, C))


def rotate_neighbors(x: torch.Tensor) -> torch.Tensor:
    """Meta's rotation of (T, H, D): neighbors are the real and imaginary part of one number."""
    angles = torch.outer(torch.arange(T).float(), rope_frequencies(D))
    turned = torch.view_as_complex(x.reshape(T, H, D // 2, 2)) * torch.polar(torch.ones_like(angles), angles)[:, None]
    return torch.view_as_real(turned).flatten(-2)


def test_scores_are_equal_in_both_layouts() -> None:
    x, wq, wk = torch.randn(T, C), torch.randn(H * D, C), torch.randn(H * D, C)
    query, key = (rotate_neighbors((x @ w.T).view(T, H, D)) for w in (wq, wk))
    theirs = torch.einsum("thd,shd->hts", query, key)
    cos, sin = rope_table(torch.arange(T), D)
    query, key = (
        apply_rope((x @ interleaved_to_split(w, H).T).view(T, H, D).transpose(0, 1), cos, sin) for w in (wq, wk)
    )
    torch.testing.assert_close(query @ key.mT, theirs)


@pytest.mark.parametrize(("shape", "n_heads"), [((12, 2), 5), ((15,), 5), ((), 1), ((8,), 0)])
def test_impossible_heads_are_refused(shape: tuple[int, ...], n_heads: int) -> None:
    with pytest.raises(ValueError, match=f"do not divide into {n_heads} heads"):
        split_to_interleaved(torch.zeros(shape), n_heads)
    with pytest.raises(ValueError, match="n_kv_heads"):
        interleaved_to_split(torch.zeros(shape), n_heads)
