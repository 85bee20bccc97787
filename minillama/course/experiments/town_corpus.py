"""Write the town as token shards: the tokenizer and the training data of the course's own model.

The command below needs a few minutes and writes ``tokenizer.json``, ``train/`` and ``validation/`` into a folder:

    python -m minillama.course.experiments.town_corpus work/town

Then ``minillama train`` trains on ``work/town/train``; ``data/README.md`` holds the exact command of the shipped model.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from ...formats.tokenizer_files import load_tokenizer, save_tokenizer
from ...packing import pack_documents
from ...shards import TokenShards, write_shards
from ...tokenizer import Tokenizer
from ...tokenizer_training import train_byte_level
from ...world.choices import Menu
from ...world.documents import Document, documents, kind_menu

VOCAB_SIZE = 4096
CONTEXT = 512
TOKENIZER_BYTES = 8_000_000
SEED = 1
# Share of the bytes, in thousandths. LLaMA read 1.4 trillion tokens, of which books are 4.5%. This model reads about a
# hundred megabytes; with LLaMA's shares it would see too few stories to tell one.
MODEL_SHARES = {
    "web": 300, "crawl": 200, "code": 60, "encyclopedia": 130, "books": 220, "papers": 45, "questions": 45
}  # fmt: skip


def model_kinds() -> Menu[str]:
    """Return the kinds of document with the weights that the shipped model was trained with."""
    return kind_menu(MODEL_SHARES)


def take(stream: Iterator[Document], n_bytes: int) -> Iterator[Document]:
    """Yield documents until their text reaches a number of bytes.

    Args:
        stream: endless.
        n_bytes: the last document may go past it.
    """
    while n_bytes > 0:
        document = next(stream)
        n_bytes -= document.n_bytes
        yield document


def town_tokenizer(n_bytes: int = TOKENIZER_BYTES) -> Tokenizer:
    """Learn the tokenizer of the town from documents that no other split holds.

    Args:
        n_bytes: how much text to learn from.
    """
    texts = (document.text for document in take(documents(SEED, "tokenizer", kinds=model_kinds()), n_bytes))
    return train_byte_level(texts, VOCAB_SIZE)


def write_split(folder: Path, tokenizer: Tokenizer, split: str, n_bytes: int) -> TokenShards:
    """Write one split of the town as token shards.

    Args:
        folder: is created.
        tokenizer: of the model to be trained.
        split: "train" or "validation"; the documents of different splits are independent.
        n_bytes: of text.
    """
    bar = tqdm(total=n_bytes, unit="B", unit_scale=True, desc=split, mininterval=1)

    def ids() -> Iterator[list[int]]:
        for document in take(documents(SEED, split, kinds=model_kinds()), n_bytes):
            bar.update(document.n_bytes)
            encoded = tokenizer.encode(document.text, bos=True, eos=True)
            if len(encoded) <= CONTEXT + 1:
                yield encoded

    about = {"world_seed": 1, "seed": SEED, "split": split, "n_bytes": n_bytes, "shares": MODEL_SHARES}
    rows = pack_documents(ids(), CONTEXT + 1, tokenizer.bos_id)
    shards = write_shards(
        folder, rows, CONTEXT + 1, tokenizer.vocab_size, bos_id=tokenizer.bos_id, eos_id=tokenizer.eos_id, about=about
    )
    bar.close()
    save_tokenizer(tokenizer, folder / "tokenizer.json")  # `minillama train` puts it beside the model
    return shards


def main() -> None:
    """Write tokenizer and shards; what is there already is kept."""
    parser = argparse.ArgumentParser(description="Write the town as token shards.")
    parser.add_argument("folder", type=Path, help="where to write; about as large as half the text")
    parser.add_argument("--megabytes", type=int, default=160, help="training text (default: 160)")
    arguments = parser.parse_args()
    path = arguments.folder / "tokenizer.json"
    if not path.exists():
        arguments.folder.mkdir(parents=True, exist_ok=True)
        save_tokenizer(town_tokenizer(), path)
    tokenizer = load_tokenizer(path)
    for split, n_bytes in (("train", arguments.megabytes * 1_000_000), ("validation", 600_000)):
        folder = arguments.folder / split
        if (folder / "index.json").exists():
            print(f"{folder} is there already", file=sys.stderr)
            continue
        shards = write_split(folder, tokenizer, split, n_bytes)
        print(f"{folder}: {len(shards):,} rows of {CONTEXT + 1} tokens")


if __name__ == "__main__":
    main()
