"""Checks of chapter 01: pairs, merges, the naive trainer and encoder, bytes as a last resort, and decoding."""

import random
from collections import Counter
from collections.abc import Callable

from ...bpe import apply_merges, learn_merges
from ..checking import expect


def _as_dict(counts: object) -> dict:
    """Return non-zero counts as a plain dictionary."""
    expect(counts is not None, "the result is None: is the return statement missing?")
    expect(
        isinstance(counts, Counter),
        f"the result is a {type(counts).__name__}, expected a Counter: begin with Counter()",
    )
    return {pair: count for pair, count in counts.items() if count}


def _as_list(result: object) -> list:
    """Return a list or tuple as a list."""
    expect(result is not None, "the result is None: is the return statement missing?")
    expect(isinstance(result, list | tuple), f"the result is a {type(result).__name__}, expected a list")
    return list(result)


def check_pairs_weighted(pair_counts: Callable) -> None:
    """each word counts as often as it occurs."""
    counts = _as_dict(pair_counts({(1, 2, 3): 10, (1, 2): 5}))
    expect(counts != {(1, 2): 2, (2, 3): 1}, "every word was counted once: add the word's count, not 1")
    expect(
        counts == {(1, 2): 15, (2, 3): 10},
        f"{{(1, 2, 3): 10, (1, 2): 5}} gave {counts}, expected {{(1, 2): 15, (2, 3): 10}}",
    )


def check_pairs_repeat(pair_counts: Callable) -> None:
    """a pair that occurs twice in a word counts twice."""
    counts = _as_dict(pair_counts({(1, 2, 1, 2): 3}))
    expect(
        counts == {(1, 2): 6, (2, 1): 3},
        f"the word (1, 2, 1, 2), three times, gave {counts}; (1, 2) stands in it twice, so it counts 6",
    )
    counts = _as_dict(pair_counts({(7, 7, 7): 1}))
    expect(counts == {(7, 7): 2}, f"the word (7, 7, 7) gave {counts}; overlapping pairs count, so (7, 7) counts 2")


def check_pairs_ordered(pair_counts: Callable) -> None:
    """order matters, and words are separate."""
    counts = _as_dict(pair_counts({(2, 1): 1, (1,): 4, (): 2, (3, 2): 1}))
    expect((1, 3) not in counts, "the end of one word and the beginning of the next are no pair")
    expect(counts == {(2, 1): 1, (3, 2): 1}, f"got {counts}: (2, 1) and (1, 2) are different pairs; keep their order")


LIST_OR_TUPLE = (
    "a list never equals a tuple, and ids may be either: compare the numbers, or make both tuples with tuple(...)"
)


def check_merge_simple(merge_pair: Callable) -> None:
    """every occurrence is replaced."""
    merged = _as_list(merge_pair([1, 2, 1, 2, 3], (1, 2), 9))
    expect(merged != [9, 1, 2, 3], "only the first occurrence was replaced")
    expect(merged != [1, 2, 1, 2, 3], f"nothing was replaced in [1, 2, 1, 2, 3]: {LIST_OR_TUPLE}")
    expect(
        merged == [9, 9, 3],
        f"joining (1, 2) in [1, 2, 1, 2, 3] gave {merged}, expected [9, 9, 3]: after a match, move on by two",
    )
    merged = _as_list(merge_pair((3, 1, 2), (1, 2), 9))
    expect(merged == [3, 9], f"joining (1, 2) in the tuple (3, 1, 2) gave {merged}, expected [3, 9]: {LIST_OR_TUPLE}")


def check_merge_end(merge_pair: Callable) -> None:
    """the last id survives."""
    for ids, expected in (([3, 1, 2], [3, 9]), ([1, 2, 1], [9, 1]), ([1], [1]), ([], [])):
        merged = _as_list(merge_pair(ids, (1, 2), 9))
        expect(merged == expected, f"joining (1, 2) in {ids} gave {merged}, expected {expected}: look at the last id")


def check_merge_overlap(merge_pair: Callable) -> None:
    """of overlapping pairs the left one wins."""
    merged = _as_list(merge_pair([7, 7, 7], (7, 7), 9))
    expect(merged == [9, 7], f"joining (7, 7) in [7, 7, 7] gave {merged}, expected [9, 7]: go from left to right")


WORDS = {(1, 2, 3): 10, (1, 2): 5, (3, 3): 1}


def check_train_by_hand(train_naive: Callable) -> None:
    """two merges worked by hand."""
    merges = _as_list(train_naive(WORDS, 2, 4))
    expect(merges[:1] == [(1, 2)], f"the first merge is {merges[:1]}, expected (1, 2), which occurs 15 times")
    expect(
        merges == [(1, 2), (4, 3)],
        f"the merges are {merges}, expected [(1, 2), (4, 3)]: replace the pair in every word before the next count",
    )


def check_train_ties(train_naive: Callable) -> None:
    """ties go to the smaller ids."""
    merges = train_naive({(5, 6): 2, (1, 9): 2, (1, 2): 2}, 3, 10)
    expect(
        list(merges) == [(1, 2), (1, 9), (5, 6)],
        f"three pairs with equal counts were merged as {list(merges)}, expected [(1, 2), (1, 9), (5, 6)]: "
        "compare (-count, pair), so that equal counts go to the smaller ids",
    )


def check_train_ends(train_naive: Callable) -> None:
    """training stops when nothing is left to join."""
    try:
        merges = list(train_naive({(1, 2): 1}, 5, 3))
    except (ValueError, IndexError):
        expect(False, "after one merge no pair is left, and min of nothing fails: stop when there are no counts")
    expect(
        merges == [(1, 2)],
        f"{{(1, 2): 1}} has one merge, got {merges}: stop when no pair is left, but not before",
    )


def check_train_random(train_naive: Callable) -> None:
    """equal to the package's fast trainer."""
    dice = random.Random(0)
    words = {tuple(dice.choices(range(4), k=dice.randint(1, 9))): dice.randint(1, 9) for _ in range(60)}
    merges = list(train_naive(words, 25, 4))
    expect(
        merges == learn_merges(words, 25, 4),
        "on random words the merges differ from the package's: new ids count up from first_new_id, one per merge",
    )


def check_encode_order(encode_naive: Callable) -> None:
    """merges apply in the order learned."""
    result = _as_list(encode_naive([1, 2, 3], [(2, 3), (1, 2)], 4))
    expect(
        result == [1, 4],
        f"with merges [(2, 3), (1, 2)] the word [1, 2, 3] gave {result}, expected [1, 4]: "
        "(2, 3) was learned first, so it is joined first, although (1, 2) stands further left",
    )


def check_encode_chain(encode_naive: Callable) -> None:
    """later merges build on earlier ones."""
    result = list(encode_naive([1, 2, 3, 1, 2], [(1, 2), (4, 3)], 4))
    expect(
        result == [5, 4],
        f"with merges [(1, 2), (4, 3)] the word [1, 2, 3, 1, 2] gave {result}, expected [5, 4]: "
        "merge k makes the token first_new_id + k",
    )


def check_encode_random(encode_naive: Callable) -> None:
    """equal to the package's fast encoder."""
    dice = random.Random(1)
    words = {tuple(dice.choices(range(4), k=12)): 1 for _ in range(40)}
    merges = learn_merges(words, 20, 4)
    table = {pair: (rank, 4 + rank) for rank, pair in enumerate(merges)}
    for word in words:
        expect(
            list(encode_naive(list(word), merges, 4)) == apply_merges(list(word), table),
            f"{list(word)} is encoded differently by the package: apply every merge everywhere before the next one",
        )


def check_bytes_ascii(byte_pieces: Callable) -> None:
    """one byte in capitals."""
    pieces = _as_list(byte_pieces("\n"))
    expect(
        pieces == ["<0x0A>"],
        f"a line break gave {pieces}, expected ['<0x0A>']: two hexadecimal digits, in capitals",
    )


def check_bytes_many(byte_pieces: Callable) -> None:
    """all bytes of a character."""
    pieces = list(byte_pieces("é"))
    expect(
        pieces == ["<0xC3>", "<0xA9>"],
        f"'é' gave {pieces}, expected ['<0xC3>', '<0xA9>']: take the UTF-8 bytes, not the code point",
    )
    pieces = list(byte_pieces("éa"))
    expect(pieces == ["<0xC3>", "<0xA9>", "<0x61>"], f"'éa' gave {pieces}: spell every character of the text")


def check_decode_split(decode_tokens: Callable) -> None:
    """a character cut in two comes back whole."""
    tokens = [b"caf", b"\xc3", b"\xa9"]
    text = decode_tokens([0, 1, 2], tokens)
    expect(
        text == "café",
        f"the tokens b'caf', b'\\xc3', b'\\xa9' gave {text!r}, expected 'café': a character may begin in one token and "
        "end in the next, so join the bytes first and decode once",
    )


def check_decode_order(decode_tokens: Callable) -> None:
    """the ids choose the tokens."""
    text = decode_tokens([2, 0, 2], [b"la", b"x", b"ma"])
    expect(
        text == "malama",
        f"the ids [2, 0, 2] with the tokens b'la', b'x', b'ma' gave {text!r}, expected 'malama': look up the token of "
        "each id",
    )


def check_decode_invalid(decode_tokens: Callable) -> None:
    """invalid bytes are shown, not raised."""
    try:
        text = decode_tokens([0, 1], [b"ok", b"\xff"])
    except UnicodeDecodeError:
        text = "an error"
    expect(text == "ok\ufffd", f"an invalid byte gave {text!r}, expected 'ok\ufffd': decode with errors='replace'")
    text = decode_tokens([0, 1, 2], [b"\xc3", b"\xa9", b"\xff"])
    expect(text == "é\ufffd", f"'é' in two tokens and an invalid byte gave {text!r}: decode everything in one step")
