"""Both layouts of the rotation against independent code: transformers' Llama, GPT-J and Cohere, and complex numbers."""

import pytest
import torch
from torch import Tensor

from minillama.course.registry import load
from minillama.formats.rope_layout import interleaved_to_split, split_to_interleaved
from minillama.rope import apply_rope, rope_table

pytest.importorskip("transformers")
from transformers.models.cohere import modeling_cohere as cohere  # noqa: E402
from transformers.models.gptj import modeling_gptj as gptj  # noqa: E402
from transformers.models.llama import modeling_llama as llama  # noqa: E402

rotate_neighbors = load("minillama.course.reference.02:rotate_neighbors")

B, T, H, K, C = 2, 7, 6, 3, 5
POSITIONS = torch.tensor([0, 1, 5, 255, 256, 257, 2047])
WIDTHS = [(6, 10_000.0), (8, 100_000.0), (64, 500_000.0), (128, 1_000_000.0)]


def complex_numbers(x: Tensor, head_dim: int, theta: float) -> Tensor:
    """Meta's form, in double precision: multiply neighbors, as one complex number, by e^(i angle)."""
    angles = POSITIONS.double()[:, None] * theta ** (-torch.arange(0, head_dim, 2).double() / head_dim)
    turned = torch.view_as_complex(x.double().unflatten(-1, (-1, 2))) * torch.polar(torch.ones_like(angles), angles)
    return torch.view_as_real(turned).flatten(-2).float()


@pytest.mark.parametrize(("head_dim", "theta"), WIDTHS)
def test_halves_equal_llama(head_dim: int, theta: float) -> None:
    query, key = torch.randn(B, H, T, head_dim), torch.randn(B, K, T, head_dim)
    cos, sin = rope_table(POSITIONS, head_dim, theta)
    wide = [torch.cat((t, t), dim=-1)[None] for t in (cos, sin)]  # their tables name each angle twice
    their_query, their_key = llama.apply_rotary_pos_emb(query, key, *wide)
    assert torch.equal(apply_rope(query, cos, sin), their_query)
    assert torch.equal(apply_rope(key, cos, sin), their_key)
    assert (apply_rope(query, cos, sin) - rotate_neighbors(query, cos, sin)).abs().max() > 0.1


@pytest.mark.parametrize(("head_dim", "theta"), WIDTHS)
def test_neighbors_equal_cohere_gptj_and_complex_numbers(head_dim: int, theta: float) -> None:
    query = torch.randn(B, H, T, head_dim)
    cos, sin = rope_table(POSITIONS, head_dim, theta)
    ours = rotate_neighbors(query, cos, sin)
    wide = [t.repeat_interleave(2, dim=-1)[None] for t in (cos, sin)]
    torch.testing.assert_close(ours, cohere.apply_rotary_pos_emb(query, query, *wide)[0])
    theirs = gptj.apply_rotary_pos_emb(query.transpose(1, 2), sin[None], cos[None])  # (B, T, H, D)
    torch.testing.assert_close(ours, theirs.transpose(1, 2))
    # angles near 2,047 are rounded to 1.2e-4 in float32
    torch.testing.assert_close(ours, complex_numbers(query, head_dim, theta), rtol=0, atol=2e-3)


@pytest.mark.parametrize(("head_dim", "theta"), WIDTHS)
def test_reordered_rows_carry_llama_scores_to_meta(head_dim: int, theta: float) -> None:
    x = torch.randn(B, T, C)
    wq, wk = torch.randn(H * head_dim, C), torch.randn(K * head_dim, C)
    wide = [torch.cat((t, t), dim=-1)[None] for t in rope_table(POSITIONS, head_dim, theta)]

    def heads(weight: Tensor) -> Tensor:
        return (x @ weight.T).unflatten(-1, (-1, head_dim)).transpose(1, 2)

    def scores(query: Tensor, key: Tensor) -> Tensor:
        return query @ key.repeat_interleave(H // K, dim=1).mT

    theirs = scores(*llama.apply_rotary_pos_emb(heads(wq), heads(wk), *wide))
    wq_meta, wk_meta = split_to_interleaved(wq, H), split_to_interleaved(wk, K)
    meta = scores(*(complex_numbers(heads(w), head_dim, theta) for w in (wq_meta, wk_meta)))
    largest = theirs.abs().max().item()
    assert (meta - theirs).abs().max().item() < 1e-3 * largest
    unchanged = scores(*(complex_numbers(heads(w), head_dim, theta) for w in (wq, wk)))
    assert (unchanged - theirs).abs().max().item() > 0.1 * largest
    assert torch.equal(interleaved_to_split(wk_meta, K), wk)


def test_published_permutation_in_both_directions() -> None:
    """The recipe of transformers' conversion script, written out with index arithmetic."""
    head_dim, weight = 10, torch.randn(K * 10, C)
    hugging_face = [head * head_dim + 2 * (i % 5) + i // 5 for head in range(K) for i in range(head_dim)]
    assert torch.equal(interleaved_to_split(weight, K), weight[hugging_face])
    meta = [head * head_dim + (i % 2) * 5 + i // 2 for head in range(K) for i in range(head_dim)]
    assert torch.equal(split_to_interleaved(weight, K), weight[meta])


def test_table_equals_gptjs_sinusoids() -> None:
    """GPT-J stores sines, then cosines, of positions times frequencies of base 10,000."""
    table = gptj.create_sinusoidal_positions(300, 64)
    cos, sin = rope_table(torch.arange(300), 64, 10_000.0)
    torch.testing.assert_close(torch.cat((sin, cos), dim=-1), table, rtol=0, atol=1e-4)
