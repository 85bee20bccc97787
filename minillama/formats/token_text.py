"""What tokenizer files share: byte tokens written as text, merges written as text."""

from collections.abc import Iterable, Mapping

from ..bpe import Pair
from ..byte_level import bytes_to_unicode

_BYTES = 1 << 28  # the largest tokenizer files in use have about 40 MB
_CHARACTERS = bytes_to_unicode()
_BYTES = {character: byte for byte, character in _CHARACTERS.items()}


def token_from_text(text: str) -> bytes:
    """Return the bytes that a token in GPT-2's alphabet stands for.

    Raises:
        ValueError: a character is not in the alphabet.

    Example:
        >>> token_from_text("Ġcafé")
        b' caf\\xe9'
    """
    try:
        return bytes([_BYTES[character] for character in text])
    except KeyError as error:
        raise ValueError(f"token {text!r} holds {error.args[0]!r}, which stands for no byte") from None


def text_from_token(token: bytes) -> str:
    """Write bytes in GPT-2's alphabet.

    Example:
        >>> text_from_token(b" a")
        'Ġa'
    """
    return "".join(_CHARACTERS[byte] for byte in token)


def merge_ids(merges: Iterable[object], ids: Mapping[str, int]) -> list[Pair]:
    """Turn merges written as ``"a b"`` or ``["a", "b"]`` into pairs of ids.

    Raises:
        ValueError: a merge does not name two tokens of the vocabulary.
    """
    pairs = []
    for number, merge in enumerate(merges):
        parts = merge.split(" ") if isinstance(merge, str) else merge
        if not (isinstance(parts, list) and len(parts) == 2 and all(isinstance(part, str) for part in parts)):
            raise ValueError(f"merge {number} should name two tokens, got {merge!r}")
        missing = [part for part in parts if part not in ids]
        if missing:
            raise ValueError(f"merge {number} names {missing[0]!r}, which is not in the vocabulary")
        pairs.append((ids[parts[0]], ids[parts[1]]))
    return pairs
