"""Loading and saving tokenizers: each format by hand, round trips, damaged and unsupported files."""

import base64
import json
from pathlib import Path

import pytest

from minillama.formats.tokenizer_files import load_tokenizer, save_tokenizer
from minillama.tokenizer import Tokenizer
from minillama.tokenizer_training import train_byte_level, train_sentencepiece_style

TEXT = "the llama on the hill 1234 — café 日本語 🦙\n    return x\t<|im_end|> </s> the the llama"
TIKTOKEN = "".join(
    f"{base64.b64encode(token).decode()} {rank}\n"
    for rank, token in enumerate([*(bytes([byte]) for byte in range(256)), b"he", b"hey", b"  ", b"yo"])
)


def same_ids(first: Tokenizer, second: Tokenizer) -> bool:
    """Whether two tokenizers agree on everything that matters to a user."""
    texts = [TEXT, "", " ", "unknown: Ж\x00", *TEXT.split()]
    return (
        all(first.encode(text) == second.encode(text) for text in texts)
        and first.encode(TEXT, allow_special=True) == second.encode(TEXT, allow_special=True)
        and all(first.decode(first.encode(text)) == second.decode(first.encode(text)) for text in texts)
        and (first.bos_id, first.eos_id, first.vocab_size) == (second.bos_id, second.eos_id, second.vocab_size)
        and first.special_tokens == second.special_tokens
    )


@pytest.mark.parametrize("pattern", ["gpt-2", "smollm", "llama-3"])
def test_byte_level_tokenizer_survives_saving(pattern: str, tmp_path: Path) -> None:
    tokenizer = train_byte_level([TEXT], 300, pattern=pattern, special_tokens=["<|im_end|>"])
    save_tokenizer(tokenizer, tmp_path / "tokenizer.json")
    loaded = load_tokenizer(tmp_path)
    assert same_ids(loaded, tokenizer)
    assert (loaded.model.tokens, loaded.model.merges) == (tokenizer.model.tokens, tokenizer.model.merges)
    assert loaded.model.pattern == pattern
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokenizer.json", "tokenizer_config.json"]


@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer.model"])
def test_sentencepiece_style_tokenizer_survives_saving(name: str, tmp_path: Path) -> None:
    tokenizer = train_sentencepiece_style([TEXT], 330, special_tokens=["<|im_end|>"])
    save_tokenizer(tokenizer, tmp_path / name)
    loaded = load_tokenizer(tmp_path)
    assert same_ids(loaded, tokenizer)
    assert loaded.model.kinds == tokenizer.model.kinds


def test_other_names_of_bos_and_eos_survive_saving(tmp_path: Path) -> None:
    tokenizer = train_byte_level([TEXT], 300, bos=None, eos="<stop>")
    save_tokenizer(tokenizer, tmp_path / "tokenizer.json")
    assert same_ids(load_tokenizer(tmp_path / "tokenizer.json"), tokenizer)


def test_without_a_config_llama_names_are_found(tmp_path: Path) -> None:
    tokenizer = train_byte_level([TEXT], 300)
    save_tokenizer(tokenizer, tmp_path / "tokenizer.json")
    (tmp_path / "tokenizer_config.json").unlink()
    assert same_ids(load_tokenizer(tmp_path), tokenizer)


def test_tiktoken_file_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.model"  # the same name as SentencePiece's: the content tells
    path.write_text(TIKTOKEN, encoding="utf-8")
    tokenizer = load_tokenizer(path)
    assert tokenizer.encode("hey  yo") == [257, 32, 32, 259]  # "hey" whole; the second space belongs to " yo"
    assert (tokenizer.bos_id, tokenizer.eos_id, tokenizer.vocab_size) == (260, 261, 516)
    assert tokenizer.special_tokens["<|eot_id|>"] == 269
    assert tokenizer.encode("<|eot_id|>", allow_special=True) == [269]
    save_tokenizer(tokenizer, tmp_path / "saved.json")
    (tmp_path / "tokenizer_config.json").unlink()
    assert same_ids(load_tokenizer(tmp_path / "saved.json"), tokenizer)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("aGU= 256", "aGU= x", "line 257 is not a base64 token and its rank"),
        ("aGU= 256", "aGU 256", "line 257 is not a base64 token"),
        ("aGU= 256", "aGU= 255", "line 257 uses rank 255 again"),
        ("aGU= 256", "aGU= 900", "260 ranks do not run from 0 to 259"),
        ("aGU= 256", "AA== 256", "a token occurs with two ranks"),
        ("aGU= 256", "aGU= 99999999999999999999", "line 257 is not a base64 token"),
    ],
)
def test_damaged_tiktoken_files(old: str, new: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.model"
    path.write_text(TIKTOKEN.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=message) as caught:
        load_tokenizer(path)
    assert str(path) in str(caught.value)


def tiny_json(**changes: object) -> dict:
    """A small byte-level tokenizer.json; changes are for the model where it has the key, else for the top."""
    model = {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"], "unk_token": None, "dropout": None}
    step = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True}
    added = [{"id": 3, "content": "<end>", "special": True}, {"id": 4, "content": "<tool>", "special": False}]
    content = {"added_tokens": added, "pre_tokenizer": step, "normalizer": None, "model": model}
    for key, value in changes.items():
        (model if key in model or key == "end_of_word_suffix" else content)[key] = value
    return content


def test_tokenizer_json_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(tiny_json()), encoding="utf-8")
    tokenizer = load_tokenizer(path)
    assert tokenizer.encode("aab<tool>b<end>".replace("<end>", "")) == [0, 2, 4, 1]
    assert tokenizer.encode("a<end>", allow_special=True) == [0, 3]
    assert (tokenizer.special_tokens, tokenizer.user_tokens) == ({"<end>": 3}, {"<tool>": 4})
    (tmp_path / "tokenizer_config.json").write_text(
        json.dumps({"eos_token": {"content": "<end>"}, "bos_token": None, "unk_token": "<end>"}), encoding="utf-8"
    )
    tokenizer = load_tokenizer(path)
    assert (tokenizer.bos_id, tokenizer.eos_id, tokenizer.model.unknown_id) == (None, 3, 3)


SPLIT = {"type": "Split", "pattern": {"Regex": r"\w+"}, "behavior": "Isolated", "invert": False}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": "Unigram"}, "the model type is 'Unigram'; only BPE"),
        ({"dropout": 0.1}, "option 'dropout' is not supported, got 0.1"),
        ({"end_of_word_suffix": "</w>"}, "option 'end_of_word_suffix'"),
        ({"vocab": {"a": 0, "b": 0, "ab": 2}}, "two tokens have the same id"),
        ({"vocab": {"a": 0, "b": "1", "ab": 2}}, "id of token 'b' should be a positive integer, got '1'"),
        ({"vocab": {"a": 0, "b": 1, "ab": 10**15}}, "token 'ab' has id 1000000000000000, but there are only 3"),
        ({"vocab": {"a": 0, "b": 1, "日": 2}, "merges": []}, "token '日' holds '日', which stands for no byte"),
        ({"vocab": [1, 2]}, "'vocab' should be of type dict"),
        ({"merges": ["a c"]}, "merge 0 names 'c', which is not in the vocabulary"),
        ({"merges": ["a b", "ab"]}, "merge 1 should name two tokens, got 'ab'"),
        ({"merges": [["b", "a"]]}, "merge of b'b' and b'a' gives no token"),
        ({"merges": {"a": "b"}}, "'merges' should be of type list"),
        ({"pre_tokenizer": SPLIT}, "only ByteLevel pre-tokenizers"),
        ({"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": True}}, "the pre_tokenizer is not one of gpt-2"),
        ({"pre_tokenizer": {"type": "Sequence"}}, "'pretokenizers' should be a list of objects"),
        ({"normalizer": {"type": "NFC"}}, "byte-level tokenizer with a normalizer is not supported"),
        ({"added_tokens": [{"id": 3, "content": "x", "lstrip": True}]}, "added token 'x' uses lstrip=true"),
        ({"added_tokens": [{"id": 3}]}, "an added token needs a text and an id"),
        ({"added_tokens": [{"id": 9, "content": "x"}]}, "special token 'x' cannot have id 9"),
        ({"added_tokens": ["x"]}, "a JSON object was expected, got 'x'"),
        ({"model": None}, "the model type is None"),
    ],
)
def test_unsupported_or_contradictory_tokenizer_json(changes: dict, message: str, tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(tiny_json(**changes)), encoding="utf-8")
    with pytest.raises(ValueError, match=message) as caught:
        load_tokenizer(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON, or it is cut off"),
        (b'{"model": {"type"', "is not JSON, or it is cut off"),
        (b'{"model": "\xff"}', "is not UTF-8: invalid start byte at byte 11"),
        (b"[1]", r"should hold a JSON object, got \[1\]"),
        (b"[" * 200_000, "nests too deeply|cut off"),
        (b'{"added_tokens": [{"id": 0, "content": "\\ud800"}], "model": {"type": "BPE"}}', "surrogates|only ByteLevel"),
    ],
)
def test_damaged_json(content: bytes, message: str, tmp_path: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / "tokenizer.json").write_text(json.dumps(tiny_json()), encoding="utf-8")
        (tmp_path / name).write_bytes(content)
        if name == "tokenizer_config.json" and b"added" in content:
            continue
        with pytest.raises(ValueError, match=message) as caught:
            load_tokenizer(tmp_path)
        assert str(tmp_path / name) in str(caught.value)


def test_special_token_written_like_an_ordinary_one_cannot_be_saved(tmp_path: Path) -> None:
    tokenizer = train_byte_level(["abab" * 9], 258, bos=None, eos=None)
    ab = Tokenizer(tokenizer.model, {"ab": 258})
    assert b"ab" in tokenizer.model.tokens
    with pytest.raises(ValueError, match="special token 'ab' is written like an ordinary token"):
        save_tokenizer(ab, tmp_path / "tokenizer.json")
    assert list(tmp_path.iterdir()) == []


def test_names_that_cannot_be_saved(tmp_path: Path) -> None:
    tokenizer = train_byte_level([TEXT], 260)
    with pytest.raises(ValueError, match=r"must end in .json or .model, got 'tokenizer.txt'"):
        save_tokenizer(tokenizer, tmp_path / "tokenizer.txt")
    with pytest.raises(ValueError, match="only a SentencePiece-style tokenizer fits in a .model file"):
        save_tokenizer(tokenizer, tmp_path / "tokenizer.model")


def test_where_no_tokenizer_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no tokenizer.json, no tokenizer.model and 0 .gguf files"):
        load_tokenizer(tmp_path)
    with pytest.raises(FileNotFoundError):
        load_tokenizer(tmp_path / "absent.json")
