"""Boilerplate lines: counted in constant memory, cut where they are too frequent."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from minillama.cleaning.boilerplate import BoilerplateLines, LineCounts, SentenceLines, ends_sentence, line_key

PAGES = [f"Home | Shop | About\nStory {name} tells of a cat.\n(c) {2000 + len(name)} Mill Town" for name in
         ("one", "three", "sixteen", "twentyone")]  # fmt: skip


def counts_of(pages: list[str], n_counters: int = 1 << 16) -> LineCounts:
    counts = LineCounts(n_counters)
    for page in pages:
        counts.add(page)
    return counts


def test_lines_are_compared_without_case_numbers_and_signs() -> None:
    assert line_key("  >> Page 12, of 340! <<") == line_key("page 7 of 9") == "page 0 of 0"
    assert line_key("***") == ""
    assert line_key("Größe: 3") == "größe 0"


def test_counts_are_documents_not_lines() -> None:
    counts = counts_of([*PAGES, "Home | Shop | About\nHome | Shop | About"])
    assert counts.counts(["HOME shop about", "Story one tells of a cat.", "never", "---"]) == [5, 1, 0, 0]
    assert counts.n_documents == 5
    assert counts.counts([]) == []


def test_sketch_never_counts_too_low_and_seldom_too_high() -> None:
    """2,000 lines share 700 counters a row, a third of what they would need."""
    random, exact, counts = Random(0), Counter(), LineCounts(700)
    for _ in range(3000):
        lines = {f"line {chr(97 + int(random.paretovariate(0.7)) % 2000 // 26 % 26)}" + "x" * random.randrange(77)}
        exact.update(lines)
        counts.add("\n".join(lines))
    found = np.array(counts.counts(list(exact)))
    true = np.array(list(exact.values()))
    assert (found >= true).all()
    assert (found == true).mean() > 0.5
    assert (found - true).max() < 3000 * 2.72 / 700  # the theorem's bound for each with probability 1 - e**-4


def test_frequent_lines_are_cut() -> None:
    cut = BoilerplateLines(counts_of(PAGES), max_documents=3)
    verdict = cut(PAGES[1])
    assert verdict.text == "Story three tells of a cat."
    assert verdict.score == pytest.approx((len("Home | Shop | About") + len("(c) 2005 Mill Town")) / len(PAGES[1]))
    assert cut.split(PAGES[0]) == (["Story one tells of a cat."], ["Home | Shop | About", "(c) 2003 Mill Town"])
    assert BoilerplateLines(counts_of(PAGES), max_documents=4)(PAGES[1]).text == PAGES[1]


def test_what_is_only_boilerplate_is_removed() -> None:
    cut = BoilerplateLines(counts_of(PAGES), max_documents=3, min_characters=30)
    assert cut("Home | Shop | About\n\n").reason == "90% of it is boilerplate; 0 characters are left"
    verdict = cut(PAGES[0])
    assert (verdict.kind, verdict.is_kept) == ("nothing but boilerplate", False)
    assert cut(PAGES[3]).is_kept


def test_text_without_boilerplate_is_untouched() -> None:
    text = "\n  A poem\n\n   with spaces  \n"
    assert BoilerplateLines(counts_of(PAGES))(text).text == text


@pytest.mark.parametrize(
    ("line", "ends"),
    [("It rained.", True), ("Why? ", True), ('"Go!"', True), ("We sell:", True), ("Home | Shop", False), ("", False)],
)
def test_ends_of_sentences(line: str, ends: bool) -> None:
    assert ends_sentence(line) is ends


def test_lines_that_are_no_sentences_are_cut() -> None:
    text = "Home | Shop | About | News | Jobs\nA tale of cats\nOnce there was a cat.\n\nIt slept."
    verdict = SentenceLines()(text)
    assert (verdict.text, verdict.is_kept) == ("Once there was a cat.", True)
    assert verdict.score == pytest.approx(1 - 21 / (33 + 14 + 21 + 9))
    assert SentenceLines(min_words=2)(text).text == "Once there was a cat.\nIt slept."
    assert SentenceLines(min_lines=2)(text).reason == "1 lines are sentences, at least 2 are needed"
    assert SentenceLines()("").kind == "too few sentences"


def test_wrong_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="n_counters must be positive, got 0"):
        LineCounts(0)
    with pytest.raises(ValueError, match="max_documents must be at least 1, got 0"):
        BoilerplateLines(LineCounts(8), max_documents=0)
