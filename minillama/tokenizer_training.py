"""Learn a tokenizer from texts, byte-level or in the style of SentencePiece.

Source:
    Sennrich et al., 2016, arXiv:1508.07909; Kudo and Richardson, 2018, arXiv:1808.06226; the settings of
    ``train_sentencepiece_style`` follow LLaMA's tokenizer, Touvron et al., 2023, arXiv:2302.13971, section 2.1.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import regex

from .bpe import learn_merges
from .byte_level import ByteLevelBPE, split_words
from .encode_stream import check_text
from .literals import Literals
from .sentencepiece_style import SPACE, PieceKind, SentencePieceBPE
from .tokenizer import Tokenizer

BOS, EOS = "<|begin_of_text|>", "<|end_of_text|>"
MAX_PIECE_LENGTH = 16  # characters, as in LLaMA
# One number character; or letters, or other characters, with at most one space in front; or spaces.
_SPACED_WORDS = regex.compile(
    rf"\p{{N}}|{SPACE}?\p{{L}}[\p{{L}}\p{{M}}]*|{SPACE}?[^{SPACE}\p{{L}}\p{{N}}]+"
    rf"|{SPACE}+(?={SPACE}[^{SPACE}\p{{N}}])|{SPACE}+"
)


def train_byte_level(
    texts: Iterable[str],
    vocab_size: int,
    *,
    pattern: str = "smollm",
    special_tokens: Sequence[str] = (),
    bos: str | None = BOS,
    eos: str | None = EOS,
) -> Tokenizer:
    """Learn a byte-level tokenizer, as Llama 3 and SmolLM2 have.

    Ids 0 to 255 are the bytes, then come the merges in the order learned, then bos, eos and the other special
    tokens.

    Args:
        texts: documents; no token reaches from one into the next. They are read once, one at a time.
        vocab_size: number of ids in all; at least 256 plus the special tokens.
        pattern: where words end, see ``byte_level.PATTERNS``; "smollm" keeps every digit a token of its own.
        special_tokens: names of further special tokens. Where a name occurs in the texts it is cut out, and
            nothing is merged across it.
        bos: name of the token that opens a text, or None.
        eos: name of the token that ends a text, or None.

    Returns:
        A tokenizer; its vocabulary is smaller than asked if the texts have no more pairs to merge. The result
        depends on nothing but the arguments: of equally frequent pairs the one with the smaller ids is merged.

    Raises:
        ValueError: if ``vocab_size`` is too small, a name occurs twice, or a text holds half a surrogate pair.
        TypeError: if ``texts`` is one str.

    Example:
        >>> tokenizer = train_byte_level(["low lower lowest"], vocab_size=260)
        >>> [tokenizer.token_bytes(i) for i in tokenizer.encode("slow")]
        [b's', b'low']
    """
    names = [name for name in (bos, eos, *special_tokens) if name is not None]
    n_merges = _room(vocab_size, 256 + len(names))
    words: Counter[str] = Counter()
    for text in _plain_texts(texts, names):
        words.update(split_words(text, pattern))
    merges = learn_merges({tuple(word.encode()): count for word, count in words.items()}, n_merges, 256)
    tokens = [bytes([byte]) for byte in range(256)]
    for first, second in merges:
        tokens.append(tokens[first] + tokens[second])
    special = {name: len(tokens) + place for place, name in enumerate(names)}
    model = ByteLevelBPE(tokens, merges, pattern)
    return Tokenizer(model, special, bos_id=special.get(bos), eos_id=special.get(eos))


def train_sentencepiece_style(
    texts: Iterable[str],
    vocab_size: int,
    *,
    special_tokens: Sequence[str] = (),
    character_coverage: float = 0.99995,
) -> Tokenizer:
    """Learn a SentencePiece-style tokenizer, as LLaMA 1 and 2 have.

    Ids 0 to 2 are ``<unk>``, ``<s>`` and ``</s>``; then come other special tokens, the 256 bytes, the merges in
    the order learned, and single characters, the most frequent first. LLaMA's settings hold: a digit is a token
    of its own, runs of spaces are tokens, a token has at most 16 characters, and each line is a text, so that
    a line break falls back to its byte. Unlike SentencePiece, letters of different scripts may join.

    Args:
        texts: documents; no token reaches from one line into the next. They are read once, one at a time.
        vocab_size: number of ids in all; at least 259 plus the special tokens and the characters.
        special_tokens: names of further special tokens. Where a name occurs in the texts it is cut out, and
            nothing is merged across it.
        character_coverage: share of the texts, by characters, to spell without falling back to bytes.

    Returns:
        A tokenizer; its vocabulary is smaller than asked if the texts have no more pairs to merge. The result
        depends on nothing but the arguments: of equally frequent pairs the one with the smaller ids is merged,
        where characters are numbered by frequency and then by code.

    Raises:
        ValueError: if ``vocab_size`` is too small, a name occurs twice, the coverage is not above 0 and at most
            1, or a text holds half a surrogate pair.
        TypeError: if ``texts`` is one str.

    Example:
        >>> tokenizer = train_sentencepiece_style(["low lower lowest"], vocab_size=272)
        >>> [tokenizer.token_bytes(i) for i in tokenizer.encode("lowers")]
        [b' lowe', b'r', b's']
    """
    if not 0 < character_coverage <= 1:
        raise ValueError(f"character_coverage must be above 0 and at most 1, got {character_coverage}")
    names = ["<unk>", "<s>", "</s>", *special_tokens]
    words: Counter[str] = Counter()
    for text in _plain_texts(texts, names):
        for line in text.splitlines():
            words.update(_SPACED_WORDS.findall(SPACE + line.replace(" ", SPACE)))
    characters = _frequent_characters(words, character_coverage)
    n_merges = _room(vocab_size, len(names) + 256 + len(characters))
    merges = learn_merges(_as_ids(words, characters), n_merges, len(characters), max_length=MAX_PIECE_LENGTH)
    spelled = [*characters]
    for first, second in merges:
        spelled.append(spelled[first] + spelled[second])
    learned = spelled[len(characters) :] + characters
    pieces = [*names, *(f"<0x{byte:02X}>" for byte in range(256)), *learned]
    kinds = [PieceKind.UNKNOWN, *[PieceKind.CONTROL] * (len(names) - 1), *[PieceKind.BYTE] * 256]
    kinds += [PieceKind.NORMAL] * len(learned)
    scores = [0.0] * (len(names) + 256) + [-float(place) for place in range(len(learned))]
    model = SentencePieceBPE(pieces, scores, kinds)
    return Tokenizer(model, model.ids_of(PieceKind.CONTROL), bos_id=1, eos_id=2)


def _room(vocab_size: int, n_fixed: int) -> int:
    """Return how many tokens are left to learn."""
    if vocab_size < n_fixed:
        raise ValueError(f"vocab_size must be at least {n_fixed} for these texts and settings, got {vocab_size}")
    return vocab_size - n_fixed


def _plain_texts(texts: Iterable[str], names: Sequence[str]) -> Iterator[str]:
    """Yield the stretches of text between special tokens."""
    if isinstance(texts, str):
        raise TypeError("texts must be a collection of texts, got one str. Put it in a list.")
    if len(set(names)) < len(names):
        raise ValueError(f"a special token is named twice: {', '.join(names)}")
    literals = Literals(names)
    for text in texts:
        check_text(text)
        yield from literals.split(text)[0][::2]


def _frequent_characters(words: Counter[str], coverage: float) -> list[str]:
    """Return the characters that make up the given share of all words, the most frequent first.

    The space is always among them: spelled in bytes it would not turn into a space again.
    """
    counts: Counter[str] = Counter()
    for word, count in words.items():
        for character in word:
            counts[character] += count
    needed, covered, chosen = coverage * counts.total(), 0, []
    for character, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if covered < needed or character == SPACE:
            chosen.append(character)
        covered += count
    return chosen


def _as_ids(words: Counter[str], characters: Sequence[str]) -> dict[tuple[int, ...], int]:
    """Write words as ids of their characters; a rare character ends a word and is left out."""
    ids = {character: place for place, character in enumerate(characters)}
    known: Counter[tuple[int, ...]] = Counter()
    for word, count in words.items():
        for is_known, run in groupby(word, key=ids.__contains__):
            if is_known:
                known[tuple(ids[character] for character in run)] += count
    return known
