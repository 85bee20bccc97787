"""The model that ships with the course: a small LLaMA that has read the town of Alderbrook."""

from pathlib import Path

from ..formats.huggingface import load_huggingface
from ..formats.tokenizer_files import load_tokenizer
from ..model import Llama
from ..tokenizer import Tokenizer

FOLDER = Path(__file__).resolve().parents[2] / "data" / "town"
LOG = FOLDER / "log.csv"


def load_shipped(folder: Path = FOLDER) -> tuple[Llama, Tokenizer]:
    """Return the shipped model, in float32, and its tokenizer.

    Args:
        folder: where its files lie.

    Raises:
        FileNotFoundError: if the folder ``data/`` of the repository is not here, as in a plain pip installation.
    """
    if not (folder / "model.safetensors").exists():
        raise FileNotFoundError(
            f"{folder / 'model.safetensors'} is not here. The model comes with the repository: clone it, and install "
            "it in place with `pip install -e .`"
        )
    return load_huggingface(folder), load_tokenizer(folder / "tokenizer.json")
