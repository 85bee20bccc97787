"""The model that ships with the course: small, whole, and close to the best that is possible."""

import math
from itertools import islice

import pytest
import torch
from safetensors import safe_open

from minillama.course.experiments.town_corpus import model_kinds
from minillama.course.shipped import DRAFT_FOLDER, FOLDER, LOG, load_draft, load_shipped
from minillama.generation import generate
from minillama.model import Llama
from minillama.scoring import document_nats
from minillama.speculative import speculate
from minillama.tokenizer import Tokenizer
from minillama.training_log import read_log
from minillama.world.documents import PROSE, documents


@pytest.fixture(scope="module")
def shipped() -> tuple[Llama, Tokenizer]:
    return load_shipped()


def test_it_has_the_size_that_is_stated(shipped: tuple[Llama, Tokenizer]) -> None:
    model, tokenizer = shipped
    assert 3e6 < sum(parameter.numel() for parameter in model.parameters()) < 5e6
    assert model.config.vocab_size == tokenizer.vocab_size == 4096
    with safe_open(FOLDER / "model.safetensors", framework="pt") as file:
        assert {file.get_slice(name).get_dtype() for name in file.keys()} == {"BF16"}  # noqa: SIM118


def test_it_tells_a_whole_story(shipped: tuple[Llama, Tokenizer]) -> None:
    """With names of the town, chapters in their order, and an end."""
    model, tokenizer = shipped
    start = tokenizer.encode("Jasper and the", bos=True)
    tokens = list(generate(model, start, 480, stop_ids={tokenizer.eos_id}))
    story = tokenizer.decode(tokens)
    assert len(tokens) < 480, "it ends by itself"
    assert [line.partition(":")[0] for line in story.splitlines() if line.startswith("Chapter")][:3] == [
        "Chapter 1", "Chapter 2", "Chapter 3",
    ]  # fmt: skip
    assert "Jasper" in story


def test_it_is_close_to_the_floor_and_not_below(shipped: tuple[Llama, Tokenizer]) -> None:
    """On unseen documents of all kinds; `benchmarks.floor` measures more of them, kind by kind."""
    model, tokenizer = shipped
    unseen = islice(documents(7, "unseen", kinds=model_kinds()), 60)
    short = [document for document in unseen if len(tokenizer.encode(document.text)) < model.config.max_seq_len]
    prose = [document for document in short if document.kind in PROSE]
    with torch.inference_mode():
        nats = document_nats(model, tokenizer, [document.text for document in prose])
    needed, held = sum(nats) / math.log(2), sum(document.bits for document in prose)
    assert 1 < needed / held < 1.5


def test_its_log_reaches_from_chance_to_the_end() -> None:
    lines = list(read_log(LOG))
    assert lines[0]["loss"] > 5
    checked = [line["valid_loss"] for line in lines if line["valid_loss"] is not None]
    assert len(checked) > 5
    assert checked[-1] == min(checked)
    assert abs(lines[-1]["loss"] - checked[-1]) < 0.15, "it has not learned its text by heart"
    assert all(math.isfinite(line["grad_norm"]) for line in lines)


def test_its_draft_is_small_and_often_right(shipped: tuple[Llama, Tokenizer]) -> None:
    model, tokenizer = shipped
    draft = load_draft()
    n_parameters = sum(parameter.numel() for parameter in draft.parameters())
    assert 3e5 < n_parameters < 6e5
    assert (DRAFT_FOLDER / "model.safetensors").stat().st_size < 2.1 * n_parameters  # two bytes each
    start = tokenizer.encode("Jasper and the", bos=True)
    for temperature in (0.0, 1.0):
        generator = torch.Generator().manual_seed(1)
        rounds = list(speculate(model, draft, start, 100, temperature=temperature, generator=generator))
        share = sum(one.n_accepted for one in rounds) / sum(one.n_drafted for one in rounds)
        assert 0.2 < share < 0.9
