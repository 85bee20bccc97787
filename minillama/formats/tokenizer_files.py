"""Load a tokenizer from any file of the LLaMA family; save one for other programs to read."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from ..tokenizer import Tokenizer
from .gguf_tokenizer import read_gguf_tokenizer
from .sentencepiece_model import read_sentencepiece, sentencepiece_bytes
from .tiktoken_ranks import LINE, read_tiktoken
from .tokenizer_json import CONFIG_NAME, read_tokenizer_json, tokenizer_json


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
        is_named = any(str(path.with_name(name)) in message for name in (path.name, CONFIG_NAME))
        raise ValueError(message if is_named else f"{path}: {message}") from error


def save_tokenizer(tokenizer: Tokenizer, path: str | Path) -> None:
    """Save a tokenizer so that ``load_tokenizer`` and other libraries give the same ids.

    Args:
        tokenizer: any style for ``.json``, SentencePiece style for ``.model``.
        path: a ``.json`` file for the tokenizers library, beside which ``tokenizer_config.json`` names the tokens
            that open and end a text; or a ``.model`` file for the sentencepiece library.

    Raises:
        ValueError: the name ends otherwise, or the format cannot express this tokenizer.
    """
    path = Path(path)
    if path.suffix == ".json":
        content = json.dumps(tokenizer_json(tokenizer), ensure_ascii=False, indent=1).encode()
        names = {"bos_token": tokenizer.bos_id, "eos_token": tokenizer.eos_id}
        config = {key: None if i is None else tokenizer.token_bytes(i).decode() for key, i in names.items()}
        config |= {"clean_up_tokenization_spaces": False, "tokenizer_class": "PreTrainedTokenizerFast"}
        _write(path.with_name(CONFIG_NAME), json.dumps(config, indent=1).encode())
    elif path.suffix == ".model":
        content = sentencepiece_bytes(tokenizer)
    else:
        raise ValueError(f"the file name must end in .json or .model, got {path.name!r}")
    _write(path, content)


def _write(path: Path, content: bytes) -> None:
    """Write a file that is either whole or not there."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)


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
