"""The mixture: Table 1's own arithmetic, and a sampler that keeps to its shares."""

import math
from itertools import islice

import pytest

from minillama.cleaning.mixture import SHARES, TABLE_1, Mixture, implied_epochs


def test_table_1_adds_up() -> None:
    assert sum(source.share for source in TABLE_1) == pytest.approx(1)
    assert sum(source.disk_bytes for source in TABLE_1) == pytest.approx(4.749e12)
    assert sum(source.unique_tokens for source in TABLE_1) == pytest.approx(1263e9, rel=0.001)


@pytest.mark.parametrize(
    ("name", "seen", "unique", "bytes_per_token"),
    [
        ("CommonCrawl", 938, 853, 3.87), ("C4", 210, 198, 3.95), ("GitHub", 63, 98, 3.33), ("Wikipedia", 63, 26, 3.23),
        ("Books", 63, 28, 3.01), ("ArXiv", 35, 33, 2.79), ("StackExchange", 28, 27, 2.87),
    ],
)  # fmt: skip
def test_implied_tokens(name: str, seen: int, unique: int, bytes_per_token: float) -> None:
    """In billions, as computed by hand from share, epochs and disk size."""
    source = next(source for source in TABLE_1 if source.name == name)
    assert round(source.seen_tokens() / 1e9) == seen
    assert round(source.unique_tokens / 1e9) == unique
    assert round(source.bytes_per_token, 2) == bytes_per_token


def test_kinds_are_those_of_the_world() -> None:
    assert list(SHARES) == ["web", "crawl", "code", "encyclopedia", "books", "papers", "questions"]
    assert SHARES["web"] == 0.67


def test_epochs_of_the_table_follow_from_its_shares() -> None:
    unique = {source.kind: source.unique_tokens for source in TABLE_1}
    epochs = implied_epochs(SHARES, unique, total=1.4e12)
    assert list(epochs.values()) == pytest.approx([source.epochs for source in TABLE_1])
    at_1t = implied_epochs(SHARES, unique, total=1e12)
    assert [round(at_1t[kind], 2) for kind in ("web", "encyclopedia", "books")] == [0.79, 1.75, 1.59]


def documents(letter: str, n: int) -> list[str]:
    """Texts of 1 to 7 letters."""
    return [letter * (1 + number % 7) for number in range(n)]


def test_shares_hold_at_every_moment() -> None:
    mixture = Mixture(
        {"a": documents("a", 50), "b": documents("b", 20), "c": documents("c", 9)}, {"a": 5, "b": 3, "c": 2}
    )
    for _ in mixture.until(5000):
        total = sum(mixture.taken.values())
        for name, share in {"a": 0.5, "b": 0.3, "c": 0.2}.items():
            assert abs(mixture.taken[name] - share * total) <= 2 * 7
    assert 5000 <= sum(mixture.taken.values()) < 5007


def test_a_source_that_ends_begins_again_in_its_order() -> None:
    mixture = Mixture({"a": ["x", "yy"], "b": ["z"]}, {"a": 3, "b": 1})
    drawn = list(mixture.until(18))
    assert [text for name, text in drawn if name == "a"][:5] == ["x", "yy", "x", "yy", "x"]
    epochs = {"a": mixture.taken["a"] / 3, "b": mixture.taken["b"] / 1}
    assert mixture.epochs == epochs


def test_epochs_are_known_once_a_source_has_ended() -> None:
    mixture = Mixture({"a": ["xx"] * 10, "b": ["zz"]}, {"a": 1, "b": 1})
    list(mixture.until(8))
    assert math.isnan(mixture.epochs["a"])
    assert mixture.epochs["b"] == 2
    list(mixture.until(60))
    assert mixture.epochs["a"] == 1.5


def test_size_is_what_shares_are_about() -> None:
    mixture = Mixture({"a": ["xxxx"], "b": ["z"]}, {"a": 1, "b": 1}, size=lambda text: 1)
    assert [name for name, _ in mixture.until(6)] == ["a", "b"] * 3


def test_sources_are_streamed() -> None:
    class Endless:
        def __iter__(self):
            while True:
                yield "text"

    mixture = Mixture({"a": Endless(), "b": ["z"]}, {"a": 1, "b": 1})
    assert len(list(mixture.until(100))) > 50


@pytest.mark.parametrize("empty", [["", ""], [""]])
def test_a_source_that_adds_nothing_is_refused(empty: list[str]) -> None:
    """It would stay furthest behind its share, and be chosen for ever."""
    mixture = Mixture({"a": empty, "b": ["xy"]}, {"a": 1, "b": 1})
    with pytest.raises(ValueError, match="the source 'a' adds nothing: the size of its documents is 0 in all. Leave"):
        list(islice(mixture, 9))
    assert math.isnan(mixture.epochs["a"])


def test_some_documents_of_a_source_may_be_empty() -> None:
    mixture = Mixture({"a": ["", "xy", ""], "b": ["zz"]}, {"a": 1, "b": 1})
    assert "".join(text for _, text in mixture.until(12)).count("xy") == 3


def test_wrong_sources_are_refused() -> None:
    with pytest.raises(ValueError, match=r"sources \(\['a'\]\) and shares \(\['b'\]\) must have the same names"):
        Mixture({"a": ["x"]}, {"b": 1})
    with pytest.raises(ValueError, match="shares must be positive, .*leave a source out"):
        Mixture({"a": ["x"]}, {"a": 0})
    with pytest.raises(ValueError, match="the source 'a' has no documents"):
        Mixture({"a": []}, {"a": 1})
    with pytest.raises(ValueError, match="or cannot be read twice"):
        list(Mixture({"a": iter(["x"])}, {"a": 1}).until(3))
    with pytest.raises(ValueError, match=r"unique_tokens must give a positive number for \['b'\]"):
        implied_epochs({"a": 1, "b": 1}, {"a": 5}, 10)
