"""SentencePiece-style BPE, the tokenizer of LLaMA 1 and 2: the first tokens are characters.

A space becomes the visible character U+2581 and is part of the next word's first token. There are no
words to respect: any two neighbors may join if they spell a piece, the best score first. A character
without a piece falls back to the pieces of its UTF-8 bytes.

Source:
    Kudo and Richardson, 2018, arXiv:1808.06226; Touvron et al., 2023, arXiv:2302.13971, section 2.1.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise
from math import isfinite

from .bpe import Pair, apply_merges, merges_from_tokens
from .literals import Literals

SPACE = "\u2581"
MAX_PIECE_LENGTH = 1024
CACHE_PIECES, CACHE_PIECE_LENGTH = 1 << 16, 64


class PieceKind(IntEnum):
    """What a piece is for; the numbers are those of SentencePiece and GGUF files."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5
    BYTE = 6


def byte_pieces(text: str) -> list[str]:
    """Spell a text as the pieces of its bytes, for characters that the vocabulary lacks.

    Args:
        text: usually one character.

    Returns:
        One piece for each byte of the UTF-8 form.

    Example:
        >>> byte_pieces("é")
        ['<0xC3>', '<0xA9>']

    Source:
        google/sentencepiece, src/sentencepiece_processor.cc, option byte_fallback.
    """
    return [f"<0x{byte:02X}>" for byte in text.encode()]


class SentencePieceBPE:
    """A SentencePiece BPE vocabulary with the identity normalizer.

    Args:
        pieces: the text of each id, with U+2581 for a space.
        scores: the score of each id; the highest is made first.
        kinds: the kind of each id; exactly one is UNKNOWN.
        dummy_prefix: put a space in front of the text.
        prefix_once: put it only in front of the whole text, not again after a special token, and only if the text
            does not begin with a space; what transformers writes today.
        byte_fallback: spell unknown characters in BYTE pieces instead of the unknown id.
        unknown_surface: text that the unknown id stands for.
        merges: the pairs of ids to join, the first one first, for files that list them. None joins any
            two neighbors that spell a piece, as SentencePiece does.

    Raises:
        ValueError: if the lists contradict each other.

    Example:
        >>> kinds = [PieceKind.UNKNOWN] + [PieceKind.NORMAL] * 4
        >>> model = SentencePieceBPE(["<unk>", "a", "b", "ab", "▁"], [0, -3, -4, -1, -5], kinds, byte_fallback=False)
        >>> model.encode_piece("abba"), model.encode_piece("c")
        ([3, 2, 1], [0])
    """

    def __init__(
        self,
        pieces: Sequence[str],
        scores: Sequence[float],
        kinds: Sequence[int],
        *,
        dummy_prefix: bool = True,
        prefix_once: bool = False,
        byte_fallback: bool = True,
        unknown_surface: str = " \u2047 ",
        merges: Iterable[Pair] | None = None,
    ):
        self.pieces, self.scores, self.kinds = list(pieces), list(scores), list(kinds)
        self.n_tokens = len(self.pieces)
        self.dummy_prefix, self.prefix_once, self.byte_fallback = dummy_prefix, prefix_once, byte_fallback
        self.unknown_surface, self.listed_merges = unknown_surface, merges is not None
        self.fuses_unknown = not byte_fallback
        _check_pieces(self.pieces, self.scores, self.kinds, byte_fallback)
        self.unknown_id = self.kinds.index(PieceKind.UNKNOWN)
        self._byte_ids = self.ids_of(PieceKind.BYTE)
        self._user_ids = self.ids_of(PieceKind.USER_DEFINED)
        self._user_pieces = Literals(self._user_ids)
        unused = self.ids_of(PieceKind.UNUSED)  # made on the way, but never given out
        self._unused = {token_id for piece, token_id in unused.items() if len(piece) > 1}
        self._ids = self.ids_of(PieceKind.NORMAL) | {self.pieces[token_id]: token_id for token_id in self._unused}
        # The neighbors that occur inside a piece. No merge reaches across any other two neighbors.
        self._inside = {pair for piece in self._ids for pair in pairwise(piece)}
        self._add_merges(merges)
        self._cache: dict[str, list[int]] = {}

    def ids_of(self, *kinds: PieceKind) -> dict[str, int]:
        """Return the pieces of some kinds with their ids."""
        return {piece: i for i, (piece, kind) in enumerate(zip(self.pieces, self.kinds, strict=True)) if kind in kinds}

    def _add_merges(self, merges: Iterable[Pair] | None) -> None:
        """Build the table of merges; prepare to take UNUSED pieces apart again."""
        if merges is None:
            symbols = {character: self._symbol(character) for piece in self._ids for character in piece}
            priority = {token_id: -self.scores[token_id] for token_id in self._ids.values()}
            table = merges_from_tokens(symbols | self._ids, priority)
        else:
            table = {pair: (rank, self._joined(pair)) for rank, pair in enumerate(merges)}
        n_ways = Counter(joined for _, joined in table.values() if joined in self._unused)
        # How such a piece falls apart depends on the whole text, so the text must stay in one piece.
        self._keeps_whole = any(count > 1 for count in n_ways.values())
        self.merges = _RecordingMerges(table, self._unused)

    def _joined(self, pair: Pair) -> int:
        """Return the id of what two pieces spell together."""
        parts = self.pieces[pair[0]], self.pieces[pair[1]]
        joined = self._ids.get("".join(parts))
        if joined is None:
            raise ValueError(f"merge of {parts[0]!r} and {parts[1]!r} gives no piece of the vocabulary")
        return joined

    def _symbol(self, character: str) -> int:
        """Return the id of a character; those without a piece get ids above the vocabulary."""
        return self._ids.get(character, len(self.pieces) + ord(character))

    def normalize(self, text: str, at_start: bool) -> str:
        """Make spaces visible; add the dummy prefix where a text starts."""
        text = text.replace(" ", SPACE)
        is_wanted = at_start and self.dummy_prefix and not (self.prefix_once and text.startswith(SPACE))
        return SPACE + text if is_wanted else text

    def split(self, text: str, final: bool) -> tuple[list[str], str]:
        """Cut a text where no merge can reach across; what may still grow is held back."""
        if self._keeps_whole:
            return ([text], "") if final else ([], text)
        parts, rest = self._user_pieces.split(text, final)
        cut: list[str] = []
        for index, part in enumerate(parts):
            cut += [part] if index % 2 else self._segments(part)
        if not final and parts[-1]:
            rest = cut.pop() + rest
        return cut, rest

    def _segments(self, text: str) -> list[str]:
        """Cut a text without user-defined pieces between neighbors that no piece holds."""
        inside = self._inside
        cuts = [place for place, pair in enumerate(pairwise(text), 1) if pair not in inside]
        return [text[start:end] for start, end in pairwise([0, *cuts, len(text)])] if text else []

    def encode_piece(self, piece: str) -> list[int]:
        """Return the ids of a part from ``split``."""
        ids = self._cache.get(piece)
        if ids is None:
            ids = self._encode(piece)
            if len(piece) <= CACHE_PIECE_LENGTH:
                if len(self._cache) >= CACHE_PIECES:
                    self._cache.clear()
                self._cache[piece] = ids
        return ids

    def _encode(self, text: str) -> list[int]:
        """Join the characters of a part; spell what is left over in bytes."""
        symbols: list[int] = []
        for index, part in enumerate(self._user_pieces.split(text)[0]):
            symbols += [self._user_ids[part]] if index % 2 else map(self._symbol, part)
        self.merges.last_pair.clear()
        stack = apply_merges(symbols, self.merges)[::-1]
        ids: list[int] = []
        while stack:
            symbol = stack.pop()
            if symbol in self.merges.last_pair:
                stack += reversed(self.merges.last_pair[symbol])
            elif symbol < len(self.pieces):
                ids.append(symbol)
            elif self.byte_fallback:
                ids += [self._byte_ids[piece] for piece in byte_pieces(chr(symbol - len(self.pieces)))]
            else:
                ids.append(self.unknown_id)
        return ids

    def token_bytes(self, token_id: int) -> bytes | None:
        """Return the bytes a piece stands for; None for control pieces, which are no text."""
        piece, kind = self.pieces[token_id], self.kinds[token_id]
        if kind == PieceKind.CONTROL:
            return None
        if kind == PieceKind.BYTE:
            return bytes([int(piece[3:5], 16)])
        return (self.unknown_surface if kind == PieceKind.UNKNOWN else piece.replace(SPACE, " ")).encode()


class _RecordingMerges(dict[Pair, tuple[float, int]]):
    """Merges that remember by which pair each UNUSED piece was last considered.

    SentencePiece makes such pieces on the way and in the end takes them apart by that pair.
    """

    def __init__(self, table: dict[Pair, tuple[float, int]], unused: set[int]):
        super().__init__(table)
        self.unused = unused
        self.last_pair: dict[int, Pair] = {}

    def get(self, pair: Pair) -> tuple[float, int] | None:
        found = super().get(pair)
        if found is not None and found[1] in self.unused:
            self.last_pair[found[1]] = pair
        return found


def _check_pieces(pieces: list[str], scores: list[float], kinds: list[int], byte_fallback: bool) -> None:
    """Refuse a vocabulary that contradicts itself."""
    if not len(pieces) == len(scores) == len(kinds):
        raise ValueError(f"{len(pieces)} pieces, {len(scores)} scores and {len(kinds)} kinds; give one of each per id")
    if not all(map(isfinite, scores)):
        raise ValueError("scores must be finite numbers")
    if not set(kinds) <= set(PieceKind):
        raise ValueError(f"kinds must be 1 to 6, got {max(set(kinds) - set(PieceKind))}")
    if len(set(pieces)) < len(pieces):
        twice = Counter(pieces).most_common(1)[0][0]
        raise ValueError(f"piece {twice!r} occurs twice in the vocabulary")
    if not all(0 < len(piece) <= MAX_PIECE_LENGTH for piece in pieces):
        raise ValueError(f"pieces must have 1 to {MAX_PIECE_LENGTH} characters")
    if kinds.count(PieceKind.UNKNOWN) != 1:
        raise ValueError(f"exactly one piece must be of kind UNKNOWN, got {kinds.count(PieceKind.UNKNOWN)}")
    bytes_given = {piece for piece, kind in zip(pieces, kinds, strict=True) if kind == PieceKind.BYTE}
    bytes_possible = {f"<0x{byte:02X}>" for byte in range(256)}
    if not bytes_given <= bytes_possible:
        raise ValueError(f"byte pieces must be <0x00> to <0xFF>, got {min(bytes_given - bytes_possible)!r}")
    if byte_fallback and bytes_given != bytes_possible:
        raise ValueError(f"byte fallback needs all 256 byte pieces; {min(bytes_possible - bytes_given)!r} is missing")
