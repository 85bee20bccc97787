"""How fast the package learns and applies BPE, next to SentencePiece, tokenizers and a naive trainer.

All read the same text, the Python standard library's sources, with one thread each, and take turns, so that a busy
moment hits all of them alike. The naive trainer counts all pairs again before every merge.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import sentencepiece
import tokenizers

from minillama.bpe import Pair, learn_merges, merge_pair, pair_counts
from minillama.byte_level import split_words
from minillama.formats.tokenizer_files import save_tokenizer
from minillama.tokenizer import Tokenizer
from minillama.tokenizer_training import train_byte_level, train_sentencepiece_style

N_CHARACTERS, N_MERGES = 5_000_000, 8_000
NAIVE_CHARACTERS, NAIVE_MERGES = 300_000, 300
N_FIXED = 259  # unknown, beginning, end, and the bytes
LLAMA_SETTINGS = {
    "model_type": "bpe",
    "normalization_rule_name": "identity",
    "remove_extra_whitespaces": False,
    "split_digits": True,
    "byte_fallback": True,
    "allow_whitespace_only_pieces": True,
    "character_coverage": 0.99995,
    "max_sentencepiece_length": 16,
    "max_sentence_length": N_CHARACTERS,
    "num_threads": 1,
    "minloglevel": 2,
}
TARGETS = {"sentencepiece_time_ratio": "<= 10"}


def standard_library_text(n_characters: int) -> str:
    """The beginning of the standard library's sources in the order of their names, tests left out."""
    root = Path(sysconfig.get_paths()["stdlib"])
    left_out = {"site-packages", "test", "tests", "idle_test"}
    parts: list[str] = []
    for path in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
        if not left_out & set(path.relative_to(root).parts) and sum(map(len, parts)) < n_characters:
            parts.append(path.read_text(encoding="utf-8", errors="replace"))
    return "".join(parts)[:n_characters]


def seconds(run: Callable[[], object]) -> float:
    """Processor seconds of one call: time spent waiting for other programs does not count."""
    began = time.process_time()
    run()
    return time.process_time() - began


def compare(runs: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Median seconds of each; they take turns."""
    samples = [{name: seconds(run) for name, run in runs.items()} for _ in range(repeats)]
    return {name: statistics.median(sample[name] for sample in samples) for name in runs}


def train_sentencepiece(path: Path, vocab_size: int) -> bytes:
    """Train with the library's C++ trainer and LLaMA's settings."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        input=str(path), model_writer=model, vocab_size=vocab_size, **LLAMA_SETTINGS
    )
    return model.getvalue()


def train_naively(words: dict[tuple[int, ...], int], n_merges: int) -> list[Pair]:
    """Count all pairs again before every merge."""
    merges: list[Pair] = []
    for new_id in range(256, 256 + n_merges):
        counts = pair_counts(words)
        merges.append(min(counts, key=lambda pair: (-counts[pair], pair)))
        words = {tuple(merge_pair(word, merges[-1], new_id)): count for word, count in words.items()}
    return merges


def training_times(text: str, folder: Path, repeats: int) -> tuple[dict[str, float], Tokenizer, Tokenizer]:
    """Seconds to learn the merges, and one trained tokenizer of each style."""
    (folder / "text.txt").write_text(text, encoding="utf-8")
    byte_level = train_byte_level([text], 258 + N_MERGES)
    pieces = train_sentencepiece_style([text], N_FIXED + N_MERGES).model.pieces
    vocab_size = N_FIXED + N_MERGES + sum(len(piece) == 1 for piece in pieces)
    runs = {
        "SentencePiece (C++)": lambda: train_sentencepiece(folder / "text.txt", vocab_size),
        "minillama, SentencePiece style": lambda: train_sentencepiece_style([text], vocab_size),
        "minillama, byte-level": lambda: train_byte_level([text], 258 + N_MERGES),
    }
    return compare(runs, repeats), byte_level, train_sentencepiece_style([text], vocab_size)


def naive_times(text: str) -> dict[str, float]:
    """Seconds of both trainers on the same words; they must learn the same."""
    words = {tuple(word.encode()): count for word, count in Counter(split_words(text)).items()}
    learned: dict[str, list[Pair]] = {}

    def keep(name: str, train: Callable[[], list[Pair]]) -> Callable[[], None]:
        return lambda: learned.__setitem__(name, train())

    times = compare(
        {
            "naive": keep("naive", lambda: train_naively(words, NAIVE_MERGES)),
            "minillama": keep("minillama", lambda: learn_merges(words, NAIVE_MERGES, 256)),
        },
        repeats=1,
    )
    if learned["naive"] != learned["minillama"]:
        raise RuntimeError("the two trainers learned different merges")
    return times


def encode_afresh(tokenizer: Tokenizer, documents: list[str]) -> None:
    """Encode documents without words remembered from an earlier sample."""
    tokenizer.model._cache.clear()
    for document in documents:
        tokenizer.encode(document)


def encoding_times(text: str, folder: Path, repeats: int, byte_level: Tokenizer, pieces: Tokenizer) -> dict[str, float]:
    """Seconds to encode the text in documents of 10,000 characters, each with the same vocabulary as its peer."""
    save_tokenizer(byte_level, folder / "tokenizer.json")
    save_tokenizer(pieces, folder / "tokenizer.model")
    library = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "tokenizer.model"))
    documents = [text[start : start + 10_000] for start in range(0, len(text), 10_000)]
    runs = {
        "tokenizers (Rust)": lambda: [library.encode(document).ids for document in documents],
        "minillama, byte-level": lambda: encode_afresh(byte_level, documents),
        "SentencePiece (C++)": lambda: [processor.encode(document) for document in documents],
        "minillama, SentencePiece style": lambda: encode_afresh(pieces, documents),
    }
    return compare(runs, repeats)


def show(title: str, times: dict[str, float], n_characters: int) -> None:
    """Print one table."""
    print(f"\n{title}")
    for name, value in times.items():
        print(f"  {name:<34}{value:>8.2f} s{n_characters / 1e6 / value:>10.2f} MB/s")


def main() -> None:
    """Print the tables and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one sample instead of three")
    repeats = 1 if parser.parse_args().quick else 3
    text = standard_library_text(N_CHARACTERS)
    with tempfile.TemporaryDirectory() as name:
        training, byte_level, pieces = training_times(text, Path(name), repeats)
        encoding = encoding_times(text, Path(name), repeats, byte_level, pieces)
    naive = naive_times(text[:NAIVE_CHARACTERS])
    show(f"learn {N_MERGES} merges from {len(text)} characters", training, len(text))
    show(f"learn {NAIVE_MERGES} merges from the words of {NAIVE_CHARACTERS} characters", naive, NAIVE_CHARACTERS)
    show(f"encode {len(text)} characters", encoding, len(text))
    theirs, style, byte_style = training.values()
    rust, ours_bytes, cpp, ours_pieces = encoding.values()
    figures = {
        "sentencepiece_time_ratio": style / theirs,
        "byte_level_time_ratio": byte_style / theirs,
        "naive_speedup": naive["naive"] / naive["minillama"],
        "tokenizers_encode_ratio": ours_bytes / rust,
        "sentencepiece_encode_ratio": ours_pieces / cpp,
    }
    met = figures["sentencepiece_time_ratio"] <= 10
    rounded = {name: round(value, 3) for name, value in figures.items()}
    print(json.dumps({"name": "bpe", "figures": rounded, "targets": TARGETS, "met": met}))


if __name__ == "__main__":
    main()
