"""Text from the standard library."""

import pytest

from minillama.corpus import docstrings, standard_library_sources, take_bytes


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
