"""The raw crawl: labels are right, copies are copies, and any document can be drawn alone."""

from collections import Counter
from itertools import islice
from random import Random

import pytest

from minillama.world.choices import DrawingPen, read
from minillama.world.noise import LABELS, NoisyDocument, noisy_documents, write_noisy_page
from minillama.world.proof import AuditingPen
from minillama.world.town import build_world
from minillama.world.web import write_page

WORLD = build_world()
N_DOCUMENTS = 1500


@pytest.fixture(scope="module")
def crawl() -> list[NoisyDocument]:
    return list(islice(noisy_documents(seed=3), N_DOCUMENTS))


def test_every_label_occurs_and_no_other(crawl: list[NoisyDocument]) -> None:
    counts = Counter(document.label for document in crawl)
    assert set(counts) == set(LABELS) and min(counts.values()) > 50 and counts["page"] > 500


def test_a_page_holds_its_clean_text_between_other_lines(crawl: list[NoisyDocument]) -> None:
    for document in crawl:
        if document.label == "page":
            assert document.clean in document.text and document.text.count("\n") >= document.clean.count("\n") + 3
            read(lambda pen: write_page(pen, WORLD), document.clean)
        elif document.label not in ("duplicate", "near-duplicate"):
            assert document.clean is None and document.duplicate_of is None


def test_a_duplicate_repeats_an_earlier_document(crawl: list[NoisyDocument]) -> None:
    for document in crawl:
        if document.label == "duplicate":
            original = crawl[document.duplicate_of]
            assert original.number < document.number and original.duplicate_of is None
            assert (original.text, original.clean) == (document.text, document.clean)


def test_equal_texts_are_labeled_so(crawl: list[NoisyDocument]) -> None:
    first: dict[str, int] = {}
    for document in crawl:
        if document.label == "duplicate":
            assert first[document.text] == document.duplicate_of
        else:
            assert document.text not in first
            first[document.text] = document.number


def test_a_near_duplicate_differs_in_one_or_two_words(crawl: list[NoisyDocument]) -> None:
    for document in crawl:
        if document.label == "near-duplicate":
            original = crawl[document.duplicate_of]
            assert original.label == "page" and document.clean in document.text
            old, new = original.clean.split(" "), document.clean.split(" ")
            assert len(old) == len(new) and sum(a != b for a, b in zip(old, new, strict=True)) in (1, 2)


def test_a_stream_can_start_anywhere(crawl: list[NoisyDocument]) -> None:
    assert list(islice(noisy_documents(seed=3, first=700), 20)) == crawl[700:720]
    copies = {document.number for document in crawl[:400] if document.label == "duplicate"}
    assert copies != {
        document.number for document in islice(noisy_documents(seed=4), 400) if document.label == "duplicate"
    }
    assert next(noisy_documents(seed=4)).text != crawl[0].text
    assert next(noisy_documents(seed=3, split="test")).text != crawl[0].text


def test_foreign_pages_are_not_ascii_english(crawl: list[NoisyDocument]) -> None:
    words = {"Guten": "es", "Bonjour": "il", "¡Hola!": "el"}
    for document in crawl:
        if document.label == "foreign":
            assert words[document.text.split(" ")[0]] in document.text.split(" ")


def test_no_stranger_is_named(crawl: list[NoisyDocument]) -> None:
    strangers = {person.full_name for person in WORLD.strangers}
    assert not [document for document in crawl if any(name in document.text for name in strangers)]


def test_the_writer_can_be_read_back() -> None:
    for number in range(200):
        pen = AuditingPen(Random(number))
        write_noisy_page(pen, WORLD)
        found = read(lambda pen: write_noisy_page(pen, WORLD), pen.text())
        assert found.bits == pytest.approx(pen.bits)


def test_the_writer_draws_the_same_again() -> None:
    texts = []
    for _ in range(2):
        pen = DrawingPen(Random(5))
        write_noisy_page(pen, WORLD)
        texts.append(pen.text())
    assert texts[0] == texts[1]
