"""Tests of minillama.course.town_floor: what documents hold and what a model needs are summed over the same ones."""

import math

import pytest
import torch

from minillama.config import ModelConfig
from minillama.course.experiments.town_corpus import model_kinds
from minillama.course.town_floor import compare_with_floor, unseen_documents
from minillama.model import Llama
from minillama.tokenizer_training import train_byte_level
from minillama.world.documents import KINDS, kind_bits, parse

NUMBER = 6


def test_unseen_documents_hold_their_choices_and_that_of_their_kind() -> None:
    for kind in KINDS:
        found = unseen_documents(kind, 2)
        assert [document.kind for document in found] == [kind, kind]
        for document in found:
            assert document.bits == pytest.approx(parse(document).bits + kind_bits(kind, model_kinds()))


def test_a_model_that_knows_nothing_needs_the_same_for_every_token() -> None:
    """Documents that do not fit are on neither side."""
    texts = {kind: [document.text for document in unseen_documents(kind, NUMBER)] for kind in KINDS}
    tokenizer = train_byte_level(texts["web"], 400)
    lengths = sorted(len(tokenizer.encode(text)) + 1 for text in texts["books"])  # with the end
    context = lengths[NUMBER // 2]
    model = Llama(ModelConfig(vocab_size=400, dim=8, n_layers=1, n_heads=1, n_kv_heads=1, head_dim=8, hidden_dim=8,
                              max_seq_len=context))  # fmt: skip
    torch.nn.init.zeros_(model.lm_head.weight)
    held, bits = compare_with_floor(model, tokenizer, NUMBER)["books"]
    fits = [
        document for document in unseen_documents("books", NUMBER) if len(tokenizer.encode(document.text)) < context
    ]
    assert held.n_documents == len(fits) == NUMBER // 2 + 1
    assert held.bits == pytest.approx(sum(document.bits for document in fits))
    assert held.n_bytes == sum(document.n_bytes for document in fits)
    n_tokens = sum(len(tokenizer.encode(document.text)) + 1 for document in fits)
    assert bits == pytest.approx(n_tokens * math.log2(400), rel=1e-5)
