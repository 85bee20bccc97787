"""SentencePiece-style BPE: ids by hand, byte fallback, user-defined and unused pieces, safe cuts, bad input."""

import random

import pytest

from minillama.sentencepiece_style import PieceKind, SentencePieceBPE, byte_pieces

N, UNK, CTL, USER, UNUSED, BYTE = PieceKind
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def bpe(pieces: dict[str, float], kinds: dict[str, PieceKind] | None = None, **options) -> SentencePieceBPE:
    """A model of <unk>, <s>, the bytes (ids 2 to 257) and the given pieces (ids from 258 on) with scores."""
    names = ["<unk>", "<s>", *BYTES, *pieces]
    chosen = {"<unk>": UNK, "<s>": CTL, **dict.fromkeys(BYTES, BYTE), **(kinds or {})}
    scores = [0.0] * 258 + list(pieces.values())
    return SentencePieceBPE(names, scores, [chosen.get(name, N) for name in names], **options)


def names_of(model: SentencePieceBPE, text: str) -> list[str]:
    """The pieces of a text that is already normalized."""
    pieces, rest = model.split(text, final=True)
    assert rest == ""
    return [model.pieces[i] for piece in pieces for i in model.encode_piece(piece)]


def test_byte_pieces_spell_utf_8() -> None:
    assert byte_pieces("é🦙") == ["<0xC3>", "<0xA9>", "<0xF0>", "<0x9F>", "<0xA6>", "<0x99>"]


def test_spaces_become_visible_and_one_is_put_in_front() -> None:
    assert bpe({}).normalize("a  b", at_start=True) == "▁a▁▁b"
    assert bpe({}).normalize(" b", at_start=False) == "▁b"
    assert bpe({}, dummy_prefix=False).normalize(" b", at_start=True) == "▁b"


def test_the_best_score_joins_first() -> None:
    letters = {"a": -9, "b": -9, "c": -9}
    assert names_of(bpe({**letters, "ab": -1, "bc": -2}), "abc") == ["ab", "c"]
    assert names_of(bpe({**letters, "ab": -2, "bc": -1}), "abc") == ["a", "bc"]
    assert names_of(bpe({**letters, "aa": -1}), "aaaaa") == ["aa", "aa", "a"]  # equals: from the left


def test_a_piece_forms_only_through_pieces() -> None:
    assert names_of(bpe({"a": -9, "b": -9, "c": -9, "abc": 0}), "abc") == ["a", "b", "c"]
    assert names_of(bpe({"ab": -1, "abc": 0}), "abc") == ["abc"]  # a, b and c need no pieces of their own


def test_characters_without_a_piece_fall_back_to_bytes() -> None:
    assert names_of(bpe({"a": 0}), "aéa") == ["a", "<0xC3>", "<0xA9>", "a"]
    model = bpe({"a": 0}, byte_fallback=False)
    assert (names_of(model, "aéa"), model.fuses_unknown) == (["a", "<unk>", "a"], True)


def test_names_of_control_and_byte_pieces_are_text() -> None:
    model = bpe(dict.fromkeys("<s>0x41", 0.0))
    assert names_of(model, "<s><0x41>") == list("<s><0x41>")


def test_user_defined_pieces_are_found_first_and_never_join() -> None:
    pieces = {"a": -9, "b": -9, "ab": -1, "b▁a": 0, "▁": -9, "b▁": 0}
    model = bpe(pieces, {"b▁a": USER, "b▁": USER})
    assert names_of(model, "ab▁ab▁b") == ["a", "b▁a", "b▁", "b"]


def test_unused_pieces_are_made_and_taken_apart_again() -> None:
    pieces = {"a": -9, "b": -9, "c": -9, "ab": -2, "abc": -1}
    assert names_of(bpe(pieces, {"ab": UNUSED}), "abcab") == ["abc", "a", "b"]
    assert names_of(bpe(pieces, {"abc": UNUSED}), "abc") == ["ab", "c"]
    assert names_of(bpe(pieces, {"a": UNUSED}), "aab") == ["<0x61>", "ab"]


def test_an_unused_piece_with_two_cuts_keeps_the_text_in_one_piece() -> None:
    pieces = {"a": -9, "b": -9, "c": -9, "d": -9, "ab": -2, "bc": -1, "abc": 0}
    model = bpe(pieces, {"abc": UNUSED})
    assert model.split("abcabc", final=False) == ([], "abcabc")
    assert names_of(model, "abcd") == ["a", "bc", "d"]


def test_cuts_change_nothing() -> None:
    """Encoding the cut pieces equals encoding the text in one piece."""
    rng = random.Random(0)
    for _ in range(200):
        letters = dict.fromkeys("abcd▁", -20.0)
        longer = {"".join(rng.choices("abcd▁", k=rng.randrange(2, 5))): -rng.random() for _ in range(6)}
        model = bpe({**longer, **letters})
        text = "".join(rng.choices("abcd▁é", k=rng.randrange(1, 30)))
        pieces, rest = model.split(text, final=True)
        assert ("".join(pieces), rest) == (text, "")
        assert [i for piece in pieces for i in model.encode_piece(piece)] == model._encode(text)


def test_listed_merges_replace_the_scores() -> None:
    pieces = {"a": 0, "b": 0, "c": 0, "ab": 0, "bc": 0}
    model = bpe(pieces, merges=[(259, 260), (258, 259)])  # b + c, then a + b
    assert names_of(model, "abc") == ["a", "bc"]
    assert model.listed_merges


def test_bytes_of_pieces() -> None:
    model = bpe({"▁a": 0}, unknown_surface="?")
    assert [model.token_bytes(i) for i in (0, 1, 2 + 0xC3, 258)] == [b"?", None, b"\xc3", b" a"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scores": [0.0]}, "259 pieces, 1 scores and 259 kinds"),
        ({"pieces": ["<unk>", "<s>", *BYTES, "<s>"]}, "piece '<s>' occurs twice"),
        ({"pieces": ["<unk>", "<s>", *BYTES, ""]}, "pieces must have 1 to 1024 characters"),
        ({"kinds": [N, CTL, *[BYTE] * 256, N]}, "exactly one piece must be of kind UNKNOWN, got 0"),
        ({"pieces": ["<unk>", "<s>", *BYTES[:-1], "<0xff>", "a"]}, "byte pieces must be .* got .<0xff>."),
        ({"kinds": [UNK, CTL, N, *[BYTE] * 255, N]}, "needs all 256 byte pieces; '<0x00>' is missing"),
        ({"scores": [float("nan")] * 259}, "scores must be finite numbers"),
        ({"kinds": [UNK, CTL, *[BYTE] * 256, 7]}, "kinds must be 1 to 6, got 7"),
        ({"merges": [(258, 258)]}, "merge of 'a' and 'a' gives no piece"),
    ],
)
def test_contradictions_are_refused(change: dict, message: str) -> None:
    names = ["<unk>", "<s>", *BYTES, "a"]
    good = {"pieces": names, "scores": [0.0] * 259, "kinds": [UNK, CTL, *[BYTE] * 256, N]}
    SentencePieceBPE(**good)
    with pytest.raises(ValueError, match=message):
        SentencePieceBPE(**good | change)
