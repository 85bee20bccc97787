"""Encode a text that arrives in chunks: cut off what is settled, keep what the next chunk could change."""

from collections.abc import Iterator, Mapping

from .byte_level import ByteLevelBPE
from .sentencepiece_style import SentencePieceBPE

BATCH_LENGTH = 1 << 16  # characters collected before they are cut into pieces

Model = ByteLevelBPE | SentencePieceBPE


class EncodeStream:
    """Token ids from text in chunks. Holds back what the next chunk could change."""

    def __init__(self, model: Model):
        self.model = model
        self._start()

    def _start(self) -> None:
        """Begin a new text."""
        self.waiting: list[str] = []
        self.n_waiting, self.batch_length = 0, BATCH_LENGTH
        self.at_start, self.last_id = True, None

    def push(self, text: str) -> list[int]:
        """Take a chunk; return the ids that are settled."""
        if not text:
            return []
        self.waiting.append(self.model.normalize(text, self.at_start))
        self.n_waiting += len(self.waiting[-1])
        self.at_start = False
        return self._encode(final=False) if self.n_waiting >= self.batch_length else []

    def finish(self) -> list[int]:
        """Return the last ids and begin a new text."""
        ids = self._encode(final=True)
        self._start()
        return ids

    def _encode(self, final: bool) -> list[int]:
        """Encode what can be cut off; twice the rest must arrive before the next try."""
        pieces, rest = self.model.split("".join(self.waiting), final)
        self.waiting, self.n_waiting = [rest], len(rest)
        self.batch_length = max(BATCH_LENGTH, 2 * len(rest))
        ids = [token_id for piece in pieces for token_id in self.model.encode_piece(piece)]
        if self.model.fuses_unknown and ids:
            unknown, before = self.model.unknown_id, [self.last_id, *ids]
            self.last_id = ids[-1]
            ids = [i for i, previous in zip(ids, before, strict=False) if not i == previous == unknown]
        return ids

    def push_parts(self, parts: list[str], ids: Mapping[str, int]) -> Iterator[int]:
        """Take plain text and names in turn; each name ends a text and begins a new one."""
        for index, part in enumerate(parts):
            if index % 2:
                yield from self.finish()
                self.at_start = not self.model.prefix_once
                yield ids[part]
            else:
                yield from self.push(part)


def check_text(text: str) -> None:
    """Refuse what is no text, and text that has no UTF-8 form."""
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {type(text).__name__}. Decode bytes first.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise ValueError(
            f"the text holds the lone surrogate U+{code:04X} at position {error.start}, which is no character. "
            "Read the file as UTF-8, or clean the text with text.encode('utf-8', 'replace').decode()."
        ) from None
