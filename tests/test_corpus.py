"""Text from the standard library, from a learner's own files, and TinyShakespeare."""

from pathlib import Path

import pytest

from minillama.corpus import docstrings, own_documents, shakespeare, standard_library_sources, take_bytes
from minillama.course.fetch_data import data_folders
from minillama.data_sets import DATA_SETS
from minillama.downloads import find_file


def test_sources_are_python_files_without_tests():
    sources = take_bytes(standard_library_sources(), 400_000)
    assert sum(len(source.encode()) for source in sources) >= 400_000
    assert any("import " in source for source in sources)
    assert list(take_bytes(standard_library_sources(), 400_000)) == sources


def test_docstrings_of_modules_classes_and_functions():
    source = '"""M."""\nclass C:\n    """C.\n\n    More.\n    """\n    async def f(self):\n        "F."\n'
    source += "    def g(self):\n        pass\n"
    assert list(docstrings(source)) == ["M.", "C.\n\nMore.", "F."]
    assert list(docstrings("def broken(")) == []


def test_take_bytes_counts_bytes_not_characters():
    assert take_bytes(["é", "é", "é"], 3) == ["é", "é"]
    assert take_bytes(["a"], 0) == []
    with pytest.raises(ValueError, match="0 or more"):
        take_bytes(["a"], -1)


def test_own_files_of_a_folder_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    files = {"b/two.md": "Two.", "one.TXT": "Öne.", "photo.jpg": "no", ".git/config.txt": "no", ".hid.txt": "no",
             "empty.txt": " \n", "c.jsonl": '{"text": "Three."}\n\n{"text": "Four.", "id": 4}\n'}  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(own_documents(tmp_path)) == ["Two.", "Three.", "Four.", "Öne."]
    assert list(own_documents(tmp_path, suffixes=[".jpg"])) == ["no"]
    assert list(own_documents(tmp_path / "photo.jpg")) == ["no"]  # a file that is named is read


def test_separated_documents_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "stories.txt"
    path.write_text("Once.\nTwice.\n<|end|>\n\n<|end|>\nThrice.\n", encoding="utf-8")
    documents = own_documents(path, separator="<|end|>")
    assert list(documents) == ["Once.\nTwice.\n", "Thrice.\n"]
    assert list(own_documents(path)) == [path.read_text(encoding="utf-8")]


def test_bytes_that_are_not_utf8_do_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(b"caf\xe9")
    assert list(own_documents(tmp_path)) == ["caf\N{REPLACEMENT CHARACTER}"]


def test_half_a_character_becomes_a_mark(tmp_path: Path) -> None:
    """JSON can name one half of a pair of surrogates, which no file and no tokenizer can hold."""
    line = r'{"text": "\ud83d\ude00 a\ud83d \ude00b"}'
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    assert list(own_documents(tmp_path)) == ["\N{GRINNING FACE} a\ufffd \ufffdb"]
    assert take_bytes(own_documents(tmp_path), 100) == list(own_documents(tmp_path))
    assert list(docstrings(r'"\ud83d"')) == ["\ufffd"]


@pytest.mark.parametrize("separator", [None, "***"])
@pytest.mark.parametrize(("name", "text"), [("a.txt", "One."), ("a.jsonl", '{"text": "One."}')])
def test_the_mark_that_windows_puts_first_is_no_text(
    name: str, text: str, separator: str | None, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8-sig")
    assert list(own_documents(tmp_path, separator=separator)) == ["One."]


@pytest.mark.parametrize(
    "line", ['{"title": "x"}', "not json", "7", '"text"', '{"text": null}', '{"text": ["a"]}', '{"text": 7}']
)
def test_line_without_text_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "good"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r'a.jsonl, line 2: .* whose "text" is a string is needed, got .*: correct'):
        list(own_documents(tmp_path))


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"holds no text: no file ends in .txt, .*Name others in suffixes"):
        list(own_documents(tmp_path))
    with pytest.raises(FileNotFoundError, match="gone.txt"):
        list(own_documents(tmp_path / "gone.txt"))


def test_shakespeare_is_divided_as_in_nanogpt() -> None:
    folders = data_folders()
    if find_file(DATA_SETS["tinyshakespeare"].files[0], folders) is None:
        pytest.skip("TinyShakespeare is not here; run: minillama fetch tinyshakespeare")
    train, validation = shakespeare(folders)
    assert (len(train), len(validation)) == (1_003_854, 111_540)
    assert len(set(train + validation)) == 65
    assert train.startswith("First Citizen:\nBefore we proceed any further, hear me speak.")


def test_missing_shakespeare_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="minillama fetch tinyshakespeare"):
        shakespeare([tmp_path])
