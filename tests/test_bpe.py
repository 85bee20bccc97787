"""BPE on integers: hand values, equality with counting everything again, cost of encoding, bad input."""

import random
from collections.abc import Mapping

import pytest

from minillama.bpe import Pair, apply_merges, learn_merges, merge_pair, merges_from_tokens, pair_counts

Words = dict[tuple[int, ...], int]


def learn_slowly(words: Words, n_merges: int, first_new_id: int, max_length: int = 10**9) -> list[Pair]:
    """The definition: count all pairs again after every merge; ties go to the smaller ids."""
    lengths = [1] * first_new_id
    merges: list[Pair] = []
    while len(merges) < n_merges:
        counts = {pair: n for pair, n in pair_counts(words).items() if sum(lengths[i] for i in pair) <= max_length}
        if not counts:
            break
        pair = min(counts, key=lambda pair: (-counts[pair], pair))
        words = {tuple(merge_pair(word, pair, len(lengths))): count for word, count in words.items()}
        lengths.append(lengths[pair[0]] + lengths[pair[1]])
        merges.append(pair)
    return merges


def apply_slowly(ids: list[int], merges: Mapping[Pair, tuple[float, int]]) -> list[int]:
    """The definition: look for the best pair, the leftmost of equals; join it; look again."""
    ids = list(ids)
    while found := [(merges[pair], i) for i, pair in enumerate(zip(ids, ids[1:], strict=False)) if pair in merges]:
        (_, joined), place = min(found, key=lambda item: (item[0][0], item[1]))
        ids[place : place + 2] = [joined]
    return ids


def random_words(rng: random.Random, n_symbols: int) -> Words:
    return {
        tuple(rng.choices(range(n_symbols), k=rng.randrange(9))): rng.randrange(1, 9)
        for _ in range(rng.randrange(1, 40))
    }


def test_hand_value_from_wikipedia() -> None:
    a, b, c, d = range(4)
    words = {(a, a, a, b, d, a, a, a, b, a, c): 1}  # aaabdaaabac: Z = aa, Y = ab, X = ZY
    assert pair_counts(words)[a, a] == 4
    assert pair_counts(words)[a, b] == 2
    assert merge_pair(next(iter(words)), (a, a), 4) == [4, a, b, d, 4, a, b, a, c]
    assert learn_merges(words, 3, 4) == [(a, a), (a, b), (4, 5)]


def test_hand_value_from_sennrich() -> None:
    """The paper's example. It makes est second; t and | are as frequent as es and t, and have smaller ids."""
    letters = {letter: place for place, letter in enumerate("delnorstw|i")}
    counts = {"low|": 5, "lower|": 2, "newest|": 6, "widest|": 3}
    words = {tuple(letters[letter] for letter in word): count for word, count in counts.items()}
    spelled = list(letters)
    for first, second in learn_merges(words, 5, len(letters)):
        spelled.append(spelled[first] + spelled[second])
    assert spelled[len(letters) :] == ["es", "t|", "est|", "lo", "low"]


def test_ties_go_to_the_smaller_ids() -> None:
    assert learn_merges({(3, 2): 1, (2, 3): 1, (2, 1): 1}, 3, 4) == [(2, 1), (2, 3), (3, 2)]


@pytest.mark.parametrize("n_symbols", [1, 2, 3, 7])
def test_learning_equals_counting_again_after_every_merge(n_symbols: int) -> None:
    rng = random.Random(n_symbols)
    for _ in range(60):
        words = random_words(rng, n_symbols)
        assert learn_merges(words, 25, n_symbols) == learn_slowly(words, 25, n_symbols)
        longest = rng.randrange(2, 5)
        fast = learn_merges(words, 25, n_symbols, max_length=longest)
        assert fast == learn_slowly(words, 25, n_symbols, longest)


def test_learning_ends_when_no_pair_is_left() -> None:
    assert learn_merges({(0, 1): 3, (1,): 5, (): 2}, 10, 2) == [(0, 1)]
    assert learn_merges({}, 10, 2) == []
    assert learn_merges({(0, 1): 3}, 0, 2) == []


@pytest.mark.parametrize("n_symbols", [1, 2, 4])
def test_encoding_equals_looking_again_after_every_merge(n_symbols: int) -> None:
    rng = random.Random(n_symbols)
    for _ in range(100):
        pairs = {(rng.randrange(n_symbols + 6), rng.randrange(n_symbols + 6)) for _ in range(12)}
        merges = {pair: (rng.randrange(5), rng.randrange(n_symbols, n_symbols + 6)) for pair in sorted(pairs)}
        ids = rng.choices(range(n_symbols), k=rng.randrange(30))
        assert apply_merges(ids, merges) == apply_slowly(ids, merges)


class CountingMerges(dict):
    """Merges that count how often they are asked."""

    n_lookups = 0

    def get(self, pair: Pair) -> tuple[float, int] | None:
        self.n_lookups += 1
        return super().get(pair)


def test_encoding_asks_at_most_three_times_per_symbol() -> None:
    """Looking at the whole word after every merge would ask a thousand times as often."""
    merges = CountingMerges({(0, 0): (0, 1), (1, 1): (1, 2), (2, 2): (2, 3), (0, 1): (3, 4)})
    word = random.Random(0).choices([0, 0, 0, 9], k=10_000)
    merges.n_lookups = 0
    apply_merges(word, merges)
    assert merges.n_lookups <= 3 * len(word)


def test_merges_from_tokens_finds_every_cut() -> None:
    ids = {b"a": 0, b"b": 1, b"ab": 2, b"ba": 3, b"aba": 4, b"c": 5}
    merges = merges_from_tokens(ids, {2: 20, 4: 40})
    assert merges == {(0, 1): (20, 2), (0, 3): (40, 4), (2, 0): (40, 4)}  # ba has no priority, c no parts


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({(0, 5): 1}, r"ids must lie in 0\.\.4, below first_new_id, got \(0, 5\)"),
        ({(0, -1): 1}, r"ids must lie in 0\.\.4"),
        ({(0, 1): 0}, r"count must be positive, got 0 for \(0, 1\)"),
    ],
)
def test_words_that_cannot_be(words: Words, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        learn_merges(words, 1, 5)
