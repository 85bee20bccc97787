"""What the quantization experiment reads: text to measure on, and other text to calibrate with (chapter 10)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from ...formats.gguf import load_gguf
from ...formats.gguf_tokenizer import read_gguf_tokenizer
from ...model import Llama
from ...tokenizer import Tokenizer
from ...world.documents import documents
from ..fetch import smollm2_path
from ..shipped import load_shipped
from .town_corpus import SEED, model_kinds

PROSE = Path(__file__).resolve().parents[3] / "data" / "prose.txt"
LENGTH = 512  # tokens of a sequence of prose
MEASURED_CHAPTERS = ("00", "01", "02", "03")
CALIBRATION_CHAPTERS = ("05", "07")
N_MEASURED = 16  # sequences of prose, 8,192 tokens
N_TOWN_DOCUMENTS = 200
N_CALIBRATION = 32


@cache
def prose(chapters: tuple[str, ...]) -> str:
    """Return what the snapshot of the course's own prose holds of some chapters.

    Args:
        chapters: two digits each; paragraphs are separated by an empty line.
    """
    parts = re.split(r"^Chapter (\d\d)\n\n", PROSE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    text = dict(zip(parts[::2], parts[1::2], strict=True))
    return "".join(text[chapter] for chapter in chapters)


def prose_sequences(tokenizer: Tokenizer, chapters: tuple[str, ...]) -> list[list[int]]:
    """Cut prose into sequences of ``LENGTH + 1`` tokens, each beginning with the last token of the one before.

    Args:
        tokenizer: of the model that will read them.
        chapters: two digits each. The last sequence may be shorter.
    """
    ids = tokenizer.encode(prose(chapters))
    return [ids[start : start + LENGTH + 1] for start in range(0, len(ids) - 1, LENGTH)]


def town_sequences(tokenizer: Tokenizer, split: str, number: int, max_seq_len: int) -> list[list[int]]:
    """Return documents of the town that no training run has read, each from its first token to its end.

    Args:
        tokenizer: of the shipped model.
        split: different words give independent documents.
        number: how many. Those that do not fit the context are passed over.
        max_seq_len: context of the model.
    """
    texts = (document.text for document in documents(SEED, split, kinds=model_kinds()))
    framed = (tokenizer.encode(text, bos=True, eos=True) for text in texts)
    return list(islice((ids for ids in framed if len(ids) - 1 <= max_seq_len), number))


@dataclass(frozen=True)
class Subject:
    """A model with its texts.

    Args:
        model: float32.
        measured: sequences of token ids to predict.
        calibration: other sequences.
        block_bits: of a weight of the blocks in the model's file.
        table_bits: of a weight of embedding and head there, which are never rounded further.
    """

    model: Llama
    measured: list[list[int]]
    calibration: list[list[int]]
    block_bits: float
    table_bits: float


def town() -> Subject:
    """The model that ships with the course, bfloat16 in its file."""
    model, tokenizer = load_shipped()
    context = model.config.max_seq_len
    measured = town_sequences(tokenizer, "quantization measured", N_TOWN_DOCUMENTS, context)
    calibration = town_sequences(tokenizer, "quantization calibration", N_CALIBRATION, context)
    return Subject(model, measured, calibration, block_bits=16, table_bits=16)


def smollm2() -> Subject:
    """SmolLM2-135M-Instruct, whose file has Q4_1 in the blocks and Q8_0 in the table.

    Raises:
        FileNotFoundError: if the weights are not in the cache.
    """
    path = smollm2_path()
    if path is None:
        raise FileNotFoundError("the weights of SmolLM2 are not here: run `minillama fetch smollm2`")
    tokenizer = read_gguf_tokenizer(path)
    measured = prose_sequences(tokenizer, MEASURED_CHAPTERS)[:N_MEASURED]
    calibration = prose_sequences(tokenizer, CALIBRATION_CHAPTERS)
    return Subject(load_gguf(path), measured, calibration, block_bits=5, table_bits=8.5)


SUBJECTS: dict[str, Callable[[], Subject]] = {"town": town, "SmolLM2-135M": smollm2}
