"""The cost of documents: equal to adding up log probabilities by hand, however they are batched."""

import math
from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model

from minillama.model import Llama
from minillama.scoring import document_nats
from minillama.tokenizer_training import train_byte_level

TEXTS = ["abab", "a", "", "babba", "bb ab"]


@pytest.fixture(scope="module")
def tokenizer():
    return train_byte_level(TEXTS, 258)


@pytest.fixture(scope="module")
def model() -> Llama:
    return loud_model(replace(TINY, vocab_size=258))


def by_hand(model: Llama, ids: list[int]) -> float:
    """One token after the other, in double precision."""
    total = 0.0
    for i in range(1, len(ids)):
        logits = model(torch.tensor([ids[:i]]))[0, -1].double()
        total -= torch.log_softmax(logits, 0)[ids[i]].item()
    return total


@pytest.mark.parametrize("batch_size", [1, 2, 7])
def test_costs_equal_the_sum_by_hand_in_the_order_given(model: Llama, tokenizer, batch_size: int) -> None:
    nats = document_nats(model, tokenizer, TEXTS, batch_size)
    hand = [by_hand(model, tokenizer.encode(text, bos=True, eos=True)) for text in TEXTS]
    assert nats == pytest.approx(hand, rel=1e-4)
    assert len({round(value, 3) for value in nats}) == len(TEXTS)


def test_probabilities_of_all_short_documents_stay_below_one(model: Llama, tokenizer) -> None:
    """Every text has its own tokens: the probabilities of different documents can add up to at most 1."""
    texts = ["", *"ab", *(x + y for x in "ab" for y in "ab")]
    assert 0 < sum(math.exp(-nats) for nats in document_nats(model, tokenizer, texts)) < 1


def test_a_document_longer_than_the_context_is_refused(model: Llama, tokenizer) -> None:
    with pytest.raises(ValueError, match="does not fit the context of .* leave it out or cut it"):
        document_nats(model, tokenizer, ["a b" * 400])


def test_a_tokenizer_without_an_end_is_refused(model: Llama) -> None:
    with pytest.raises(ValueError, match="no bos or no eos"):
        document_nats(model, train_byte_level(TEXTS, 257, eos=None), TEXTS)


def test_batch_size_must_be_positive(model: Llama, tokenizer) -> None:
    with pytest.raises(ValueError, match="batch_size must be 1 or more"):
        document_nats(model, tokenizer, TEXTS, 0)
