"""Answers of chapter 01 that the package does in another way: the naive trainer and encoder, and a decoder."""

from collections.abc import Iterable, Mapping, Sequence

from ...bpe import merge_pair, pair_counts

Pair = tuple[int, int]


def train_naive(words: Mapping[tuple[int, ...], int], n_merges: int, first_new_id: int = 256) -> list[Pair]:
    """Learn merges the slow way: count all pairs again before every merge."""
    merges = []
    for new_id in range(first_new_id, first_new_id + n_merges):
        counts = pair_counts(words)
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        words = {tuple(merge_pair(word, best, new_id)): count for word, count in words.items()}
    return merges


def encode_naive(ids: Sequence[int], merges: Iterable[Pair], first_new_id: int = 256) -> list[int]:
    """Join pairs in one word in the order in which the merges were learned."""
    for new_id, pair in enumerate(merges, start=first_new_id):
        ids = merge_pair(ids, pair, new_id)
    return list(ids)


def decode_tokens(ids: Sequence[int], tokens: Sequence[bytes]) -> str:
    """Turn token ids into text; bytes that form no character become U+FFFD."""
    return b"".join(tokens[i] for i in ids).decode("utf-8", errors="replace")


def decode_tokens_given(ids: Sequence[int], tokens: Sequence[bytes]) -> str:
    """Turn token ids into text, with one bug."""
    return "".join(tokens[i].decode("utf-8", errors="replace") for i in ids)
