"""The same ids as the tokenizers library and as tiktoken; SmolLM2's real vocabulary against recorded ids."""

import base64
import sysconfig
from pathlib import Path

import pytest
import tiktoken
import tokenizers
from tokenizers import decoders, models, pre_tokenizers, trainers
from transformers import LlamaTokenizer

from minillama.bpe import learn_merges
from minillama.byte_level import PATTERNS, bytes_to_unicode, split_words
from minillama.formats.gguf_file import metadata, open_gguf
from minillama.formats.tokenizer_files import load_tokenizer, save_tokenizer
from minillama.tokenizer import Tokenizer
from minillama.tokenizer_training import train_byte_level, train_sentencepiece_style

from .text_samples import ASSIGNED, REAL, TRAINING, WORLD, hard_texts

SPECIAL = ["<sym>", "<|endoftext|>"]
SMOLLM_STEPS = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
RECORDED = {  # by llama.cpp, from the same file
    "Hello world": [19556, 905],
    "Hello, world!": [19556, 28, 905, 17],
    "I have 12345 apples": [57, 457, 216, 33, 34, 35, 36, 37, 13855],
    "  two spaces": [216, 827, 5600],
    " ": [216],
    "\n": [198],
    "日本語": [23274, 115, 40993, 179, 120, 248],
    "🦙": [10813, 116, 243],
    "é": [2756],
    "2023-02-27": [34, 32, 34, 35, 29, 32, 34, 29, 34, 39],
    "The capital of France is": [504, 3575, 282, 4649, 314],
    "Once upon a time": [6403, 1980, 253, 655],
}


def assert_same(ours: Tokenizer, theirs: tokenizers.Tokenizer, n: int = 300) -> None:
    """Compare ids, with and without special tokens in the text, and decoded texts."""
    for allow_special in (False, True):
        theirs.encode_special_tokens = not allow_special
        for text in hard_texts(n):
            ids = theirs.encode(text, add_special_tokens=False).ids
            assert ours.encode(text, allow_special=allow_special) == ids, repr(text)
            assert ours.decode(ids) == theirs.decode(ids, skip_special_tokens=False), repr(text)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_library_reads_our_byte_level_tokenizer(pattern: str, tmp_path: Path) -> None:
    ours = train_byte_level([TRAINING], 900, pattern=pattern, special_tokens=SPECIAL)
    save_tokenizer(ours, tmp_path / "tokenizer.json")
    assert_same(ours, tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json")))


def test_the_library_reads_our_sentencepiece_style_tokenizer(tmp_path: Path) -> None:
    ours = train_sentencepiece_style([TRAINING], 900, special_tokens=SPECIAL)
    save_tokenizer(ours, tmp_path / "tokenizer.json")
    theirs = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    theirs.encode_special_tokens = True
    for text in hard_texts():
        assert ours.encode(text) == theirs.encode(text).ids, repr(text)


def test_we_read_a_llama_2_tokenizer_as_transformers_writes_it(tmp_path: Path) -> None:
    save_tokenizer(train_sentencepiece_style([TRAINING], 900), tmp_path / "tokenizer.model")
    LlamaTokenizer.from_pretrained(str(tmp_path)).save_pretrained(tmp_path / "saved")
    theirs = tokenizers.Tokenizer.from_file(str(tmp_path / "saved" / "tokenizer.json"))
    ours = load_tokenizer(tmp_path / "saved")
    for allow_special in (False, True):
        theirs.encode_special_tokens = not allow_special
        for text in [*hard_texts(), "<s> a</s>b", "<s>a", " </s> "]:
            if "<unk>" not in text or not allow_special:  # for us it is not a special token
                ids = theirs.encode(text, add_special_tokens=False).ids
                assert ours.encode(text, allow_special=allow_special) == ids, repr(text)
                for skip in (False, True):
                    assert ours.decode(ids, skip) == theirs.decode(ids, skip_special_tokens=skip), repr(text)
    save_tokenizer(ours, tmp_path / "again.json")
    again = tokenizers.Tokenizer.from_file(str(tmp_path / "again.json"))
    assert again.encode(WORLD).ids == ours.encode(WORLD)


@pytest.mark.parametrize("pattern", ["gpt-2", "smollm"])
def test_we_read_a_tokenizer_of_the_library(pattern: str, tmp_path: Path) -> None:
    theirs = tokenizers.Tokenizer(models.BPE())
    theirs.pre_tokenizer = pre_tokenizers.Sequence(SMOLLM_STEPS) if pattern == "smollm" else SMOLLM_STEPS[1]
    theirs.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    settings = {"vocab_size": 900, "special_tokens": SPECIAL, "initial_alphabet": alphabet, "show_progress": False}
    theirs.train_from_iterator([TRAINING], trainers.BpeTrainer(**settings))
    theirs.save(str(tmp_path / "tokenizer.json"))
    assert_same(load_tokenizer(tmp_path), theirs)


def test_training_learns_the_same_merges_as_the_library() -> None:
    """With the first ids in the library's order, ties break alike."""
    theirs = tokenizers.Tokenizer(models.BPE())
    theirs.pre_tokenizer = SMOLLM_STEPS[1]
    alphabet = bytes_to_unicode()
    theirs.train_from_iterator(
        [TRAINING], trainers.BpeTrainer(vocab_size=1500, initial_alphabet=[*alphabet.values()], show_progress=False)
    )
    place = {byte: index for index, byte in enumerate(alphabet)}
    words: dict[tuple[int, ...], int] = {}
    for word in split_words(TRAINING, "gpt-2"):
        ids = tuple(place[byte] for byte in word.encode())
        words[ids] = words.get(ids, 0) + 1
    tokens = list(alphabet.values())
    for first, second in learn_merges(words, 1500 - 256, 256):
        tokens.append(tokens[first] + tokens[second])
    assert {token: index for index, token in enumerate(tokens)} == theirs.get_vocab()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_cut_where_the_library_cuts(pattern: str, tmp_path: Path) -> None:
    save_tokenizer(train_byte_level([""], 258, pattern=pattern), tmp_path / "tokenizer.json")
    theirs = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json")).pre_tokenizer
    for text in [*hard_texts(), *("a" + character + " 1" + character + "\n " for character in ASSIGNED[::37])]:
        cuts = [text[start:end] for _, (start, end) in theirs.pre_tokenize_str(text)]
        assert split_words(text, pattern) == cuts, repr(text)


def test_tiktoken_gives_the_same_ids(tmp_path: Path) -> None:
    trained = train_byte_level([TRAINING], 900, pattern="llama-3", bos=None, eos=None)
    ranks = {token: rank for rank, token in enumerate(trained.model.tokens)}
    lines = [f"{base64.b64encode(token).decode()} {rank}\n" for token, rank in ranks.items()]
    (tmp_path / "tokenizer.model").write_text("".join(lines), encoding="utf-8")
    ours = load_tokenizer(tmp_path)
    theirs = tiktoken.Encoding(
        "trained", pat_str=PATTERNS["llama-3"], mergeable_ranks=ranks, special_tokens=ours.special_tokens
    )
    for text in [*hard_texts(), "a<|eot_id|>b<|begin_of_text|>"]:
        ids = theirs.encode(text, disallowed_special=())
        assert ours.encode(text) == ids, repr(text)
        assert ours.encode(text, allow_special=True) == theirs.encode(text, allowed_special="all")
        assert ours.decode(ids) == theirs.decode(ids)
    assert ours.vocab_size == theirs.n_vocab


def smollm2_of_the_library(path: Path) -> tokenizers.Tokenizer:
    """Build the library's tokenizer from the metadata; missing bytes become the unknown token."""
    fields = metadata(open_gguf(path))
    tokens = fields["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ")) for merge in fields["tokenizer.ggml.merges"]]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    theirs = tokenizers.Tokenizer(models.BPE(vocab=vocabulary, merges=merges, unk_token=tokens[0]))
    theirs.pre_tokenizer = pre_tokenizers.Sequence(SMOLLM_STEPS)
    theirs.decoder = decoders.ByteLevel()
    theirs.add_special_tokens(tokens[:17])
    return theirs


@pytest.fixture(scope="module")
def ours(smollm2: Path) -> Tokenizer:
    """SmolLM2's tokenizer, by the package."""
    return load_tokenizer(smollm2)


@pytest.fixture(scope="module")
def theirs(smollm2: Path) -> tokenizers.Tokenizer:
    """The same, by the library."""
    return smollm2_of_the_library(smollm2)


def test_smollm2_on_recorded_ids(ours: Tokenizer) -> None:
    for text, ids in RECORDED.items():
        assert ours.encode(text) == ids
        assert ours.decode(ids) == text
    chat = "<|im_start|>user\nHi<|im_end|>\n"
    assert ours.encode(chat, allow_special=True) == [1, 4093, 198, 26843, 2, 198]
    assert not set(range(17)) & set(ours.encode(chat))
    assert (ours.bos_id, ours.eos_id, ours.vocab_size, len(ours.special_tokens)) == (1, 2, 49152, 17)


def test_smollm2_equals_the_library_and_survives_saving(
    ours: Tokenizer, theirs: tokenizers.Tokenizer, tmp_path: Path
) -> None:
    assert_same(ours, theirs)
    theirs.encode_special_tokens = True
    for start in range(0, len(ASSIGNED), 50):
        text = " a1".join(ASSIGNED[start : start + 50])
        assert ours.encode(text) == theirs.encode(text).ids
    save_tokenizer(ours, tmp_path / "tokenizer.json")
    again = load_tokenizer(tmp_path)
    assert (again.special_tokens, again.model.tokens, again.bos_id) == (ours.special_tokens, ours.model.tokens, 1)
    assert again.encode(REAL + WORLD + "\x04") == ours.encode(REAL + WORLD + "\x04")


def test_smollm2_on_the_standard_library(ours: Tokenizer, theirs: tokenizers.Tokenizer) -> None:
    """A few megabytes of real text."""
    theirs.encode_special_tokens = True
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py")):
        text = path.read_text(encoding="utf-8")
        ids = ours.encode(text)
        assert ids == theirs.encode(text).ids, path
        assert ours.decode(ids) == text


@pytest.mark.parametrize("byte", [0x04, 0x06, 0x13, 0x14, 0x16, 0x1D])
def test_smollm2_shows_the_bytes_it_lacks(byte: int, ours: Tokenizer) -> None:
    ids = ours.encode(f"a{chr(byte)}b")
    assert ids == [*ours.encode("a"), 0, *ours.encode("b")]
    assert ours.decode(ids) == "a<|endoftext|>b"
