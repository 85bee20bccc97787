"""Rules of thumb: each figure by hand, each rule broken once, good pages kept."""

import math
from dataclasses import replace

import pytest

from minillama.cleaning import quality_rules as rules
from minillama.cleaning.page_samples import BAD_PAGES, GOOD_PAGES
from minillama.cleaning.quality_rules import CODE_RULES, PROSE_RULES, Rule, RuleFilter, measure, stop_word_share

from .held_out_texts import HELD_OUT, HELD_OUT_BAD

PROSE = (
    "The heron stood in the shallow water and did not move. When a fish came near, it struck and was fast as a whip."
)


@pytest.mark.parametrize(
    ("function", "text", "figure"),
    [
        (rules.n_words, "It's a well-known 7-up, isn’t it?", 6),
        (rules.mean_word_length, "one three 77", 4.0),
        (rules.letter_share, "abc 12!", 0.5),
        (rules.capital_share, "ABC d 7", 0.75),
        (rules.symbol_share, "a | b ... http://c!!", 4 / 4),
        (rules.ended_line_share, 'Home\n\nHe said: "Go."\n  Why?  ', 2 / 3),
        (rules.repeated_line_share, "a\nb\n a\na", 0.5),
        (rules.top_pair_share, "red car red car red bus", 4 / 6),
        (rules.longest_line, "ab\n\nabc", 3),
    ],
)
def test_figures_by_hand(function, text: str, figure: float) -> None:
    assert function(text) == pytest.approx(figure)
    assert function("") == 0  # and no division by zero


def test_stop_words_by_language() -> None:
    assert stop_word_share("Der Hund ist in der Stadt", "de") == pytest.approx(4 / 6)
    assert stop_word_share("Der Hund ist in der Stadt") == pytest.approx(1 / 6)
    for code, texts in HELD_OUT.items():
        assert min(stop_word_share(text, code) for text in texts) > 0.2
    with pytest.raises(ValueError, match="no list of stop words for 'it'; there are en, de, fr, es"):
        stop_word_share("a", "it")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A cat.", "the number of words"),
        ("a b c d e f g h i j k l m n o p q r s t u v", "the mean length of a word"),
        (PROSE + " 123456789" * 9, "the share of letters"),
        (PROSE.upper(), "the share of capitals"),
        (PROSE + " ####" * 3, "the number of symbols per word"),
        ("Blue cars, green buses, yellow trains, red bicycles. " * 2 + "Large boats sail fast. Small planes fly slow.",
         "the share of stop words"),
        (PROSE + "\nHome\nShop\nNews\nJobs\nMaps", "the share of lines that end a sentence"),
        (PROSE + "\nBuy it now.\nBuy it now.\nBuy it now.", "the share of repeated lines"),
        (PROSE + " Then it flew. Then it flew. Then it flew. Then it flew.",
         "the share of the most frequent pair of words"),
    ],
)  # fmt: skip
def test_each_rule_removes_what_it_is_for(text: str, kind: str) -> None:
    verdict = RuleFilter()(text)
    complaints = verdict.reason.split("; ")
    assert any(complaint.startswith(kind + " is ") for complaint in complaints)
    assert (verdict.score, verdict.kind) == (len(complaints), complaints[0].partition(" is ")[0])
    assert RuleFilter()(PROSE).is_kept


def test_every_broken_rule_is_named() -> None:
    reason = RuleFilter()("BUY BOATS").reason
    assert reason.split("; ")[:2] == [
        "the number of words is 2, at least 20 is needed",
        "the share of capitals is 1, at most 0.25 is allowed",
    ]


def test_good_pages_stay_and_half_of_the_bad_go() -> None:
    """Measured: 34 of 34 stay; 23 of 36 go. The rest is prose by its form; the classifier is for them."""
    keep = RuleFilter()
    assert all(keep(text).is_kept for text in GOOD_PAGES + HELD_OUT["en"])
    bad = [keep(text).is_kept for text in BAD_PAGES + HELD_OUT_BAD]
    assert bad.count(False) > len(bad) / 2


def test_measure_names_every_figure() -> None:
    assert list(measure(PROSE)) == [rule.name for rule in PROSE_RULES]
    assert measure("ab\nc", CODE_RULES)["the length of the longest line"] == 2
    assert all(math.isfinite(figure) for figure in measure("").values())


def test_rules_can_be_changed() -> None:
    shorter = [replace(rule, least=2) if rule.name == "the number of words" else rule for rule in PROSE_RULES]
    assert RuleFilter(shorter)("The heron is in the shallow water.").is_kept
    assert RuleFilter([Rule(name="length", measure=len, most=3)])("four").reason == "length is 4, at most 3 is allowed"


def test_code_rules() -> None:
    keep = RuleFilter(CODE_RULES)
    assert keep("def double(x):\n    return 2 * x\n").is_kept
    assert keep("x = [" + "1, " * 400 + "]").kind == "the length of the longest line"
    assert keep("0x00, 0x11, 0x22\n0x33, 0x44, 0x55").kind == "the share of letters"
