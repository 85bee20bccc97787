"""Load a tokenizer from any file of the LLaMA family."""

from collections.abc import Callable
from pathlib import Path

from ..tokenizer import Tokenizer
from .gguf_tokenizer import read_gguf_tokenizer
from .sentencepiece_model import read_sentencepiece
from .tiktoken_ranks import LINE, read_tiktoken
from .tokenizer_json import read_tokenizer_json


def load_tokenizer(path: str | Path) -> Tokenizer:
    """Load a tokenizer from a file, or from a folder that holds one.

    Args:
        path: a ``.gguf`` file, a ``tokenizer.json``, a ``tokenizer.model`` (SentencePiece or, for Llama 3,
            tiktoken; the content tells which), or a folder with one of them.

    Returns:
        A tokenizer that gives the ids of the library the file was made for.

    Raises:
        ValueError: the file is damaged, contradicts itself or asks for something that is not supported, such as
            a unigram model; the message names the file and the defect.
        FileNotFoundError: there is no such file, or no tokenizer in the folder.
    """
    path = Path(path)
    if path.is_dir():
        path = _file_in(path)
    read = _reader_of(path)
    try:
        return read(path)
    except ValueError as error:
        message = str(error)
        raise ValueError(message if str(path.parent) in message else f"{path}: {message}") from error


def _file_in(folder: Path) -> Path:
    """Return the tokenizer file of a folder."""
    for name in ("tokenizer.json", "tokenizer.model"):
        if (folder / name).is_file():
            return folder / name
    files = sorted(folder.glob("*.gguf"))
    if len(files) != 1:
        raise FileNotFoundError(
            f"{folder} holds no tokenizer.json, no tokenizer.model and {len(files)} .gguf files. Name the file."
        )
    return files[0]


def _reader_of(path: Path) -> Callable[[Path], Tokenizer]:
    """Choose a reader by name and, where the name leaves it open, by content."""
    with path.open("rb") as file:
        first_line = file.readline(4096)
    if first_line.startswith(b"GGUF") or path.suffix == ".gguf":
        return read_gguf_tokenizer
    if path.suffix == ".json":
        return read_tokenizer_json
    if LINE.fullmatch(first_line.rstrip(b"\r\n")):
        return read_tiktoken
    return read_sentencepiece
