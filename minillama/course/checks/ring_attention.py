"""Checks of chapter 11: attention over a sequence that no rank holds whole."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from ..checking import Wrong, expect, expect_close, expect_shape
from ..threads import Call, RanksDisagree, ThreadPeers, on_ranks

Heads = tuple[Tensor, Tensor, Tensor]


def _heads(n_tokens: int) -> Heads:
    """Query, key and value for 2 texts, 3 heads of 4 channels."""
    query, key, value = torch.randn(3, 2, 3, n_tokens, 4).unbind(0)
    return query, key, value


def _oracle(heads: Heads) -> Tensor:
    return F.scaled_dot_product_attention(*heads, is_causal=True)


def _attended(ring_attend: Callable, heads: Heads, n: int) -> list[tuple[Tensor, list[Call]]]:
    """Each rank's rows and what it called."""
    shape = (2, 3, heads[0].shape[2] // n, 4)

    def run(peers: ThreadPeers) -> tuple[Tensor, list[Call]]:
        output = ring_attend(*(x.chunk(n, dim=2)[peers.rank].clone() for x in heads), peers)
        expect_shape(output, shape, f"ring_attend on rank {peers.rank}")
        return output, peers.calls

    try:
        return on_ranks(n, run)
    except RanksDisagree as error:
        raise Wrong(
            f"{error}. All ranks must shift keys and values in every step but the last, also those that have no use "
            "for the block"
        ) from error


def check_ring_attend_alone(ring_attend: Callable) -> None:
    """right on one rank."""
    heads = _heads(4)
    ((output, _),) = _attended(ring_attend, heads, 1)
    expect_close(
        output,
        _oracle(heads),
        "ring_attend on one rank with 4 tokens",
        "Scores are divided by sqrt(D), the own block is masked above its diagonal, and the sum of the values is "
        "divided by the sum of the weights at the end.",
    )


def check_ring_attend_causal(ring_attend: Callable) -> None:
    """no rank sees later tokens."""
    query, key, value = _heads(12)
    before = _attended(ring_attend, (query, key, value), 3)
    changed = [x.clone() for x in (key, value)]
    for x in changed:
        x[:, :, 8:] = torch.randn(2, 3, 4, 4)
    after = _attended(ring_attend, (query, *changed), 3)
    for rank in (0, 1):
        expect(
            torch.allclose(before[rank][0], after[rank][0], atol=1e-5),
            f"the last rank's tokens changed, and so did the result on rank {rank}, which stands before them: a block "
            "of a later rank must not be attended to. In step s this rank holds the block of rank (rank - s) % n",
        )


def check_ring_attend_all(ring_attend: Callable) -> None:
    """equal to attention over the whole sequence."""
    for n, n_tokens in ((2, 6), (3, 12), (4, 4)):
        heads = _heads(n_tokens)
        expected = _oracle(heads).chunk(n, dim=2)
        for rank, (output, _) in enumerate(_attended(ring_attend, heads, n)):
            expect_close(
                output,
                expected[rank],
                f"{n_tokens} tokens on {n} ranks: the result on rank {rank}",
                "Earlier blocks are seen whole, and key and value travel together. When a block brings a larger "
                "score, both sums must shrink by exp(old largest - new largest).",
                rtol=1e-3,
            )


def check_ring_attend_large(ring_attend: Callable) -> None:
    """large scores do not overflow."""
    query, key, value = _heads(6)
    for rank, (output, _) in enumerate(_attended(ring_attend, (100 * query, key, value), 2)):
        expect(
            output.isfinite().all(),
            f"scores in the hundreds gave inf or NaN on rank {rank}: exp overflows above 88 in float32. Subtract the "
            "largest score so far before exp",
        )


def check_ring_attend_traffic(ring_attend: Callable) -> None:
    """each rank sends 2 (n - 1) blocks."""
    for _, calls in _attended(ring_attend, _heads(12), 3):
        others = sorted({call.kind for call in calls} - {"shift"})
        expect(
            not others,
            f"{', '.join(others)} was called: then every rank holds the whole sequence, which is what the ring avoids",
        )
        block = 2 * 3 * 4 * 4
        sent = sum(call.n_bytes for call in calls) // 4 / block
        expect(
            sent <= 4,
            f"a rank sent {sent:g} blocks, expected 4: keys and values in n - 1 = 2 steps. After the last block there "
            "is nothing to pass on",
        )
