"""Filters one after the other, and the account of what each removed."""

from minillama.cleaning.duplicates import ExactDuplicates
from minillama.cleaning.pipeline import Account, account, clean
from minillama.cleaning.verdict import Verdict


def cut_menu(text: str) -> Verdict:
    return Verdict(text=text.removeprefix("MENU "), score=float("MENU" in text))


def long_enough(text: str) -> Verdict:
    reason = "" if len(text) > 3 else f"{len(text)} characters are too few"
    return Verdict(text=text, reason=reason, kind="too short" if reason else "", score=len(text))


DOCUMENTS = ["MENU a cat", "a cat", "MENU é", "a dog", "a dog"]


def outcomes():
    return list(clean(DOCUMENTS, {"menu": cut_menu, "length": long_enough, "copies": ExactDuplicates()}))


def test_every_document_has_an_outcome() -> None:
    found = outcomes()
    assert [outcome.number for outcome in found] == [0, 1, 2, 3, 4]
    assert [outcome.original for outcome in found] == DOCUMENTS
    assert [outcome.removed_by for outcome in found] == ["", "copies", "length", "", "copies"]
    assert [outcome.text for outcome in found if outcome.is_kept] == ["a cat", "a dog"]


def test_later_filters_see_the_shortened_text_and_only_what_is_left() -> None:
    found = outcomes()
    assert found[1].reason == "the same as document 0"  # equal once the menu is gone
    assert list(found[2].verdicts) == ["menu", "length"]
    assert found[2].reason == "1 characters are too few"
    assert found[4].reason == "the same as document 2"  # the third that this filter saw


def test_account_by_hand() -> None:
    assert account(outcomes()) == {
        "menu": Account(n_documents=5, n_bytes=32, n_removed=0, n_bytes_removed=10, reasons={}),
        "length": Account(n_documents=5, n_bytes=22, n_removed=1, n_bytes_removed=2, reasons={"too short": 1}),
        "copies": Account(n_documents=4, n_bytes=20, n_removed=2, n_bytes_removed=10, reasons={"exact duplicate": 2}),
    }


def test_reasons_without_a_kind_are_counted_without_their_numbers() -> None:
    """Else there would be as many entries as documents."""

    def short(text: str) -> Verdict:
        return Verdict(text=text, reason=f"{len(text)} letters, {len(text) / 3:.1%} of 3,000")

    assert account(clean(["a", "b", "abcd"], {"short": short}))["short"].reasons == {"0 letters, 0% of 0": 3}


def test_documents_are_read_as_needed() -> None:
    def endless():
        while True:
            yield "a long text"

    assert next(clean(endless(), {})).is_kept
    assert account([]) == {}
