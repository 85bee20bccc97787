"""Checks of chapter 07, part one: languages by their letters, copies by their hash, and a split with a bug to find."""

import math
from collections import Counter
from collections.abc import Callable

from ..checking import expect

PAGES = [f"page {number} about the {animal}" for number in range(250) for animal in ("cat", "owl", "hen", "pig")]


def _expect_nats(observed: float, expected: float, call: str, suspect: str) -> None:
    expect(isinstance(observed, float), f"{call} is {observed!r}, expected a float. Is the return statement missing?")
    expect(abs(observed - expected) < 1e-6, f"{call} is {observed:.4f}, expected {expected:.4f}. {suspect}")


def check_surprise_of_a_letter(nats_per_letter: Callable) -> None:
    """a letter seen before."""
    observed = nats_per_letter("abc", {"ab": Counter({"c": 3, "d": 1}), "bc": Counter({"a": 50})}, 6)
    _expect_nats(
        observed,
        math.log(10 / 4),
        'nats_per_letter("abc", {"ab": 3 times "c", once "d"}, n_letters=6)',
        "The pair is ab, so the probability of c is (3 + 1) / (4 + 6), and -ln of it is wanted: use math.log.",
    )


def check_surprise_of_a_new_letter(nats_per_letter: Callable) -> None:
    """a letter never seen after its pair."""
    observed = nats_per_letter("abx", {"ab": Counter({"c": 3})}, 6)
    _expect_nats(
        observed,
        math.log(9),
        'nats_per_letter("abx", {"ab": 3 times "c"}, n_letters=6)',
        "x was never seen after ab; its probability is (0 + 1) / (3 + 6), not 0.",
    )


def check_surprise_of_a_new_pair(nats_per_letter: Callable) -> None:
    """a pair never seen."""
    counts = {"ab": Counter({"c": 3})}
    try:
        observed = nats_per_letter("xyz", counts, 6)
    except KeyError:
        observed = math.nan
    _expect_nats(
        observed,
        math.log(6),
        'nats_per_letter("xyz", {"ab": 3 times "c"}, n_letters=6)',
        "The pair xy is missing from counts. It was seen 0 times, so every letter has the probability 1 / 6; "
        "counts.get(pair, Counter()) helps.",
    )


def check_surprise_mean(nats_per_letter: Callable) -> None:
    """a mean over the letters after the second."""
    counts = {"ab": Counter({"a": 2}), "ba": Counter({"b": 5})}
    observed = nats_per_letter("ababab", counts, 4)
    expected = (2 * math.log(6 / 3) + 2 * math.log(9 / 6)) / 4
    _expect_nats(
        observed,
        expected,
        'nats_per_letter("ababab", ...), which predicts four letters,',
        "Return the mean over the predicted letters: there are len(text) - 2 of them.",
    )


def check_hash_of_spaces(text_hash: Callable) -> None:
    """spaces and line breaks do not count."""
    for other in ("a  cat sat", " a cat sat\n", "a cat\n\tsat"):
        expect(
            text_hash(other) == text_hash("a cat sat"),
            f"{other!r} and 'a cat sat' have different hashes: bring all spaces and line breaks into one form first",
        )


def check_hash_of_words(text_hash: Callable) -> None:
    """different words differ."""
    for first, second in (("ab c", "a bc"), ("a cat", "cat a"), ("A cat", "a cat"), ("a cat", "a cat.")):
        expect(
            text_hash(first) != text_hash(second),
            f"{first!r} and {second!r} have the same hash, but their words differ: hash the words as they are, in "
            "order, with a space between them",
        )


def check_hash_value(text_hash: Callable) -> None:
    """the same number on every machine."""
    observed, expected = text_hash("a cat"), 11735574737183569255
    again = "in another process it is another number" if observed == hash("a cat") else f"it is {observed!r}"
    expect(
        observed == expected,
        f"text_hash('a cat') should be {expected} everywhere, but {again}. Take 8 bytes of hashlib.blake2b and "
        'read them with int.from_bytes(..., "little"); Python\'s own hash() of a text changes from process to process',
    )


def check_split_loses_nothing(split_documents: Callable) -> None:
    """every document lands on one side."""
    training, validation = split_documents(PAGES + PAGES[:100], 5)
    n = len(training) + len(validation)
    expect(
        sorted([*training, *validation]) == sorted(PAGES + PAGES[:100]),
        f"1100 documents went in and {n} came out: put each on exactly one side; removing copies "
        "is another filter's work",
    )


def check_split_of_copies(split_documents: Callable) -> None:
    """copies land on the same side."""
    copies = [page.replace(" ", "  ") for page in PAGES[:99]]
    training, validation = (set(" ".join(text.split()) for text in side) for side in split_documents(PAGES + copies, 5))
    shared = len(training & validation)
    expect(
        not shared,
        f"{shared} of 99 pages that occur twice stand in training and in validation: a model is then tested on what it "
        "has read. The side must follow from the words alone, so that copies, even with other spaces, go together",
    )


def check_split_order(split_documents: Callable) -> None:
    """the order does not matter."""
    forward, backward = (set(split_documents(pages, 5)[1]) for pages in (PAGES, PAGES[::-1]))
    moved = len(forward ^ backward)
    expect(
        not moved,
        f"reversing the list moves {moved} documents to the other side: a list that grows or is sorted anew would mix "
        "training and validation. The side must follow from the text alone",
    )


def check_split_share(split_documents: Callable) -> None:
    """about one in ten."""
    n_validation = len(split_documents(PAGES, 10)[1])
    expect(
        60 <= n_validation <= 140,
        f"{n_validation} of 1000 documents went to validation with one_in=10, expected about 100: text_hash(text) is "
        "spread evenly, so its remainder by one_in is 0 for one text in one_in",
    )
