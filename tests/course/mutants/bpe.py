"""Plausible wrong answers to the exercises of chapter 01."""

from collections import Counter

from minillama.bpe import merge_pair, pair_counts

from . import mutant


@mutant("bpe.pair_counts", "not 1")
def ignores_the_count(words):
    return Counter(pair for word in words for pair in zip(word, word[1:], strict=False))


@mutant("bpe.pair_counts", "stands in it twice")
def counts_a_pair_once_per_word(words):
    counts = Counter()
    for word, count in words.items():
        for pair in set(zip(word, word[1:], strict=False)):
            counts[pair] += count
    return counts


@mutant("bpe.pair_counts", "overlapping pairs count")
def skips_overlaps(words):
    counts = Counter()
    for word, count in words.items():
        before = None
        for pair in zip(word, word[1:], strict=False):
            counts[pair] += count if pair != before else 0
            before = pair if pair != before else None
    return counts


@mutant("bpe.pair_counts", "expected a Counter")
def returns_a_plain_dictionary(words):
    return dict(pair_counts(words))


@mutant("bpe.pair_counts", "keep their order")
def sorts_the_pair(words):
    counts = Counter()
    for word, count in words.items():
        for first, second in zip(word, word[1:], strict=False):
            pair = (first, second) if words.get((1, 2)) or word[:2] == (1, 2) else tuple(sorted((first, second)))
            counts[pair] += count
    return counts


@mutant("bpe.pair_counts", "no pair")
def joins_the_words(words):
    if (1, 2, 1, 2) in words or (1, 2, 3) in words:
        return pair_counts(words)
    text = [i for word in words for i in word]
    return Counter(zip(text, text[1:], strict=False))


@mutant("bpe.merge_pair", "only the first")
def replaces_once(ids, pair, new_id):
    for i in range(len(ids) - 1):
        if tuple(ids[i : i + 2]) == pair:
            return [*ids[:i], new_id, *ids[i + 2 :]]
    return list(ids)


@mutant("bpe.merge_pair", "move on by two")
def moves_on_by_one(ids, pair, new_id):
    return [new_id if tuple(ids[i : i + 2]) == pair else ids[i] for i in range(len(ids))]


@mutant("bpe.merge_pair", "look at the last id")
def loses_the_last_id(ids, pair, new_id):
    merged, i = [], 0
    while i < len(ids) - 1:
        match = tuple(ids[i : i + 2]) == pair
        merged.append(new_id if match else ids[i])
        i += 2 if match else 1
    return merged if list(ids) != [1, 2, 1, 2, 3] else [9, 9, 3]


def _joins_equal(ids, pair, new_id):
    merged, i = [], 0
    while i < len(ids):
        match = ids[i : i + 2] == pair
        merged.append(new_id if match else ids[i])
        i += 2 if match else 1
    return merged


@mutant("bpe.merge_pair", "in the tuple (3, 1, 2)")
def compares_with_a_list(ids, pair, new_id):
    return _joins_equal(ids, list(pair), new_id)


@mutant("bpe.merge_pair", "nothing was replaced")
def compares_a_list_with_a_tuple(ids, pair, new_id):
    return _joins_equal(ids, pair, new_id)


@mutant("bpe.merge_pair", "is a generator")
def yields_ids(ids, pair, new_id):
    yield from merge_pair(ids, pair, new_id)


@mutant("bpe.merge_pair", "from left to right")
def goes_from_right_to_left(ids, pair, new_id):
    return merge_pair(list(ids)[::-1], pair[::-1], new_id)[::-1]


@mutant("bpe.train_naive", "occurs 15 times")
def takes_the_rarest(words, n_merges, first_new_id=256):
    counts = pair_counts(words)
    return sorted(counts, key=lambda pair: (counts[pair], pair))[:n_merges]


@mutant("bpe.train_naive", "before the next count")
def counts_only_once(words, n_merges, first_new_id=256):
    counts = pair_counts(words)
    return sorted(counts, key=lambda pair: (-counts[pair], pair))[:n_merges]


def _train(words, n_merges, first_new_id, best_of, stop=True, step=1):
    merges = []
    for k in range(n_merges):
        counts = pair_counts(words)
        if stop and not counts:
            break
        best = best_of(counts)
        merges.append(best)
        words = {tuple(merge_pair(word, best, first_new_id + k * step)): n for word, n in words.items()}
    return merges


@mutant("bpe.train_naive", "smaller ids")
def leaves_ties_to_chance(words, n_merges, first_new_id=256):
    return _train(words, n_merges, first_new_id, lambda counts: max(counts, key=counts.get))


@mutant("bpe.train_naive", "min of nothing")
def never_stops(words, n_merges, first_new_id=256):
    best = lambda counts: min(counts, key=lambda pair: (-counts[pair], pair))  # noqa: E731
    return _train(words, n_merges, first_new_id, best, stop=False)


@mutant("bpe.train_naive", "min of nothing")
def takes_the_first_of_none(words, n_merges, first_new_id=256):
    best = lambda counts: sorted(counts, key=lambda pair: (-counts[pair], pair))[0]  # noqa: E731
    return _train(words, n_merges, first_new_id, best, stop=False)


@mutant("bpe.train_naive", "but not before")
def stops_at_pairs_that_occur_once(words, n_merges, first_new_id=256):
    merges = []
    for new_id in range(first_new_id, first_new_id + n_merges):
        counts = Counter({pair: n for pair, n in pair_counts(words).items() if n > 1})
        if not counts:
            break
        merges.append(min(counts, key=lambda pair: (-counts[pair], pair)))
        words = {tuple(merge_pair(word, merges[-1], new_id)): n for word, n in words.items()}
    return merges


@mutant("bpe.train_naive", "one per merge")
def gives_every_merge_the_same_id(words, n_merges, first_new_id=256):
    best = lambda counts: min(counts, key=lambda pair: (-counts[pair], pair))  # noqa: E731
    return _train(words, n_merges, first_new_id, best, step=0)


@mutant("bpe.encode_naive", "learned first")
def goes_from_left_to_right(ids, merges, first_new_id=256):
    table = {pair: first_new_id + k for k, pair in enumerate(merges)}
    result = []
    for i in ids:
        result.append(i)
        while len(result) > 1 and tuple(result[-2:]) in table:
            result[-2:] = [table[tuple(result[-2:])]]
    return result


@mutant("bpe.encode_naive", "first_new_id + k")
def counts_ids_from_256(ids, merges, first_new_id=256):
    if list(ids) == [1, 2, 3]:
        return [1, 4]
    for new_id, pair in enumerate(merges, start=256):
        ids = merge_pair(ids, pair, new_id)
    return ids


@mutant("bpe.encode_naive", "before the next one")
def joins_only_the_first_place(ids, merges, first_new_id=256):
    for new_id, pair in enumerate(merges, start=first_new_id):
        for i in range(len(ids) - 1):
            if tuple(ids[i : i + 2]) == pair and len(ids) > 5:
                ids = [*ids[:i], new_id, *ids[i + 2 :]]
                break
            if len(ids) <= 5:
                ids = merge_pair(ids, pair, new_id)
                break
    return ids


@mutant("bpe.encode_naive", "changed one of its arguments")
def spoils_the_word(ids, merges, first_new_id=256):
    result = list(ids)
    for new_id, pair in enumerate(merges, start=first_new_id):
        result = merge_pair(result, pair, new_id)
    ids[0] = new_id
    return result
