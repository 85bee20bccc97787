"""The model that ships with the course: a small LLaMA that has read the town of Alderbrook."""

from pathlib import Path

from ..formats.huggingface import load_huggingface
from ..formats.tokenizer_files import load_tokenizer
from ..model import Llama
from ..tokenizer import Tokenizer

FOLDER = Path(__file__).resolve().parents[2] / "data" / "town"
LOG = FOLDER / "log.csv"
DRAFT_FOLDER = FOLDER.with_name("town_draft")


def load_shipped(folder: Path = FOLDER) -> tuple[Llama, Tokenizer]:
    """Return the shipped model, in float32, and its tokenizer.

    Args:
        folder: where its files lie.

    Raises:
        FileNotFoundError: if the folder ``data/`` of the repository is not here, as in a plain pip installation.
    """
    _require_model(folder)
    return load_huggingface(folder), load_tokenizer(folder / "tokenizer.json")


def load_draft(folder: Path = DRAFT_FOLDER) -> Llama:
    """Return the shipped draft, in float32: a model an eighth as large, which guesses what the shipped model will say.

    Both have the same tokenizer; see ``speculate``.

    Args:
        folder: where its files lie.

    Raises:
        FileNotFoundError: if the folder ``data/`` of the repository is not here, as in a plain pip installation.
    """
    _require_model(folder)
    return load_huggingface(folder)


def _require_model(folder: Path) -> None:
    """Refuse a folder without a model, and say where it comes from."""
    if not (folder / "model.safetensors").exists():
        raise FileNotFoundError(
            f"{folder / 'model.safetensors'} is not here. The model comes with the repository: clone it, and install "
            "it in place with `pip install -e .`"
        )
