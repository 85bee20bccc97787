"""Byte-pair encoding on sequences of integers: learn which pairs to join, and join them.

Nothing here knows about text. A word is a tuple of ids; a merge replaces two neighboring ids by a new
one. ``byte_level`` and ``sentencepiece_style`` say what the first ids stand for.

Source:
    Gage, 1994, "A new algorithm for data compression"; Sennrich et al., 2016, arXiv:1508.07909, algorithm 1.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeVar

Pair = tuple[int, int]
Token = TypeVar("Token", str, bytes)
Merges = Mapping[Pair, tuple[float, int]]  # pair -> (priority, id of the joined token); lowest priority first

END = -1  # stands between two words; never part of a pair
GONE = -2  # a place whose id was joined to the one before it


def pair_counts(words: Mapping[tuple[int, ...], int]) -> Counter[Pair]:
    """Count the neighboring pairs in a collection of words.

    This is the question each training step asks: which pair is the most frequent?

    Args:
        words: each word as a tuple of ids, with how often it occurs.

    Returns:
        Pair of ids to number of occurrences. Overlapping pairs count: (7, 7, 7) holds (7, 7) twice.

    Example:
        >>> pair_counts({(1, 2, 3): 10, (1, 2): 5})
        Counter({(1, 2): 15, (2, 3): 10})
    """
    counts: Counter[Pair] = Counter()
    for word, count in words.items():
        for pair in zip(word, word[1:], strict=False):
            counts[pair] += count
    return counts


def merge_pair(ids: Sequence[int], pair: Pair, new_id: int) -> list[int]:
    """Replace each occurrence of a pair by one new id, from left to right.

    Args:
        ids: a word or a text.
        pair: the two neighbors to join.
        new_id: what they become.

    Returns:
        A new list; shorter by one for each replacement. Of overlapping occurrences the left one wins.

    Example:
        >>> merge_pair([1, 2, 1, 2, 3], (1, 2), 9)
        [9, 9, 3]
        >>> merge_pair([7, 7, 7], (7, 7), 9)
        [9, 7]
    """
    merged: list[int] = []
    position = 0
    while position < len(ids):
        if tuple(ids[position : position + 2]) == pair:
            merged.append(new_id)
            position += 2
        else:
            merged.append(ids[position])
            position += 1
    return merged


class _Corpus:
    """All words in one linked list, with the number and the places of every pair.

    A merge touches only the places of its own pair: the text is never read again.
    """

    def __init__(self, words: Mapping[tuple[int, ...], int]):
        self.symbols = [END]
        self.weights = [0]  # how often the word at this place occurs
        for word, count in words.items():
            self.symbols += (*word, END)
            self.weights += [count] * (len(word) + 1)
        self.left = list(range(-1, len(self.symbols) - 1))
        self.right = list(range(1, len(self.symbols) + 1))
        self.counts: defaultdict[Pair, int] = defaultdict(int)
        self.places: defaultdict[Pair, list[int]] = defaultdict(list)
        for place, pair in enumerate(zip(self.symbols, self.symbols[1:], strict=False)):
            if END not in pair:
                self.counts[pair] += self.weights[place]
                self.places[pair].append(place)

    def merge(self, pair: Pair, new_id: int) -> set[Pair]:
        """Join a pair everywhere; return the pairs that came into being."""
        first, second = pair
        symbols, left, right, counts, places = self.symbols, self.left, self.right, self.counts, self.places
        new_pairs = set()
        for place in places.pop(pair):  # from left to right
            gone = right[place]
            if symbols[place] != first or symbols[gone] != second:
                continue  # an earlier merge, or an overlapping pair just before, took one of the two
            weight, before, after = self.weights[place], left[place], right[gone]
            symbols[place], symbols[gone] = new_id, GONE
            right[place], left[after] = after, place
            if (neighbor := symbols[before]) != END:
                counts[neighbor, first] -= weight
                counts[neighbor, new_id] += weight
                places[neighbor, new_id].append(before)
                new_pairs.add((neighbor, new_id))
            if (neighbor := symbols[after]) != END:
                counts[second, neighbor] -= weight
                counts[new_id, neighbor] += weight
                places[new_id, neighbor].append(place)
                new_pairs.add((new_id, neighbor))
        del counts[pair]
        return new_pairs


def learn_merges(
    words: Mapping[tuple[int, ...], int], n_merges: int, first_new_id: int, *, max_length: int | None = None
) -> list[Pair]:
    """Learn which pairs to join, the most frequent first.

    Gives what counting all pairs again after every merge would give, but only updates the counts around
    the joined places. A heap holds each pair once. Counts of old pairs only fall, so an entry that is out
    of date is corrected when it comes up.

    Args:
        words: each word as a tuple of ids, none negative, with how often it occurs.
        n_merges: how many merges to learn at most.
        first_new_id: id of the first new token, above all ids in ``words``.
        max_length: how many of the first ids a token may span; None for any number.

    Returns:
        The pairs in the order learned: merge k makes token ``first_new_id + k``. Fewer than asked if no pair
        is left. Of equally frequent pairs the one with the smaller ids comes first.

    Raises:
        ValueError: if an id is negative or not below ``first_new_id``, or a count is not positive.

    Example:
        >>> learn_merges({(1, 2, 3): 10, (1, 2): 5, (3, 3): 1}, n_merges=2, first_new_id=4)
        [(1, 2), (4, 3)]

    Source:
        Sennrich et al., 2016, arXiv:1508.07909, section 3.2.
    """
    _check_words(words, first_new_id)
    corpus = _Corpus(words)
    heap = [(-count, pair) for pair, count in corpus.counts.items()]
    heapify(heap)
    lengths: defaultdict[int, int] = defaultdict(lambda: 1)
    merges: list[Pair] = []
    while heap and len(merges) < n_merges:
        negative_count, pair = heappop(heap)
        count, length = corpus.counts[pair], lengths[pair[0]] + lengths[pair[1]]
        if count < 1 or (max_length and length > max_length):
            continue
        if count != -negative_count:
            heappush(heap, (-count, pair))
            continue
        new_id = first_new_id + len(merges)
        merges.append(pair)
        lengths[new_id] = length
        for new_pair in corpus.merge(pair, new_id):
            heappush(heap, (-corpus.counts[new_pair], new_pair))
    return merges


def apply_merges(ids: Sequence[int], merges: Merges) -> list[int]:
    """Join pairs in one word, the lowest priority first, until none is left to join.

    Looking for the best pair again after every merge costs time with the square of the length. Here a
    heap gives the next pair and a linked list the neighbors, so a word of a million ids takes seconds.

    Args:
        ids: the word.
        merges: pair to its priority and to the id of the joined token.

    Returns:
        The joined ids. Of equal priorities the leftmost pair comes first.

    Example:
        >>> apply_merges([1, 2, 3, 1, 2], {(1, 2): (0, 4), (4, 3): (1, 5)})
        [5, 4]

    Source:
        google/sentencepiece, src/bpe_model.cc.
    """
    symbols = [*ids, END]
    left, right = list(range(-1, len(ids))), list(range(1, len(ids) + 2))
    heap: list[tuple[float, int, int, int, int]] = []

    def consider(place: int, neighbor: int) -> None:
        found = merges.get((symbols[place], symbols[neighbor]))
        if found is not None:
            heappush(heap, (found[0], place, symbols[place], symbols[neighbor], found[1]))

    for place in range(len(ids) - 1):
        consider(place, place + 1)
    while heap:
        _, place, first, second, joined = heappop(heap)
        gone = right[place]
        if symbols[place] != first or symbols[gone] != second:
            continue  # one of the two was joined to something else in the meantime
        symbols[place], symbols[gone] = joined, GONE
        right[place], left[right[gone]] = right[gone], place
        if left[place] >= 0:
            consider(left[place], place)
        consider(place, right[place])
    return [symbol for symbol in symbols[:-1] if symbol != GONE]


def merges_from_tokens(ids: Mapping[Token, int], priority: Mapping[int, float]) -> dict[Pair, tuple[float, int]]:
    """Derive merges from a bare vocabulary: two tokens join if what they spell together is a token.

    SentencePiece and tiktoken files store no merges, only tokens with a score or a rank.

    Args:
        ids: each token, as text or bytes, with its id.
        priority: priority of the tokens that may come out of a merge, by id; the lowest is made first.

    Returns:
        What ``apply_merges`` takes: one entry for each way to cut such a token into two tokens.

    Example:
        >>> merges_from_tokens({"a": 0, "b": 1, "ab": 2, "bab": 3}, priority={2: 0, 3: 1})
        {(0, 1): (0, 2), (1, 2): (1, 3)}
    """
    return {
        (ids[token[:cut]], ids[token[cut:]]): (priority[joined], joined)
        for token, joined in ids.items()
        if joined in priority
        for cut in range(1, len(token))
        if token[:cut] in ids and token[cut:] in ids
    }


def _check_words(words: Mapping[tuple[int, ...], int], first_new_id: int) -> None:
    """Refuse ids that could be taken for a joined token or for a mark of the linked list."""
    for word, count in words.items():
        if count < 1:
            raise ValueError(f"a word's count must be positive, got {count} for {word}. Leave the word out.")
        if word and not 0 <= min(word) <= max(word) < first_new_id:
            raise ValueError(
                f"ids must lie in 0..{first_new_id - 1}, below first_new_id, got {word}. Raise first_new_id."
            )
