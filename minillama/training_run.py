"""A training run in a folder: checkpoint, log, progress bar, and a clean stop.

What ``minillama train`` does. The loop is that of ``training.train``; here stands what surrounds it.
"""

import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from tqdm import tqdm

from .checkpoint import FILE, Checkpoint, load_checkpoint, save_checkpoint
from .config import ModelConfig
from .data import Loader, in_order
from .formats.huggingface_writer import save_huggingface
from .fusion import fuse_layers
from .loss_scaling import LossScaler
from .model import Llama, init_weights
from .optimizer import make_optimizer
from .run_settings import (
    RunConfig,
    model_config,
    read_settings,
    require_same,
    run_config,
    saved_values,
    train_config,
)
from .shards import TokenShards
from .train_config import Step, TrainConfig
from .training import evaluate_loss, train
from .training_log import TrainingLog

LOG = "log.csv"
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "tokenizer_config.json")
WRITTEN = ("config.json", "model.safetensors", *TOKENIZERS)


@dataclass
class _Run:
    """Everything that a run under way needs."""

    run: RunConfig
    config: TrainConfig
    model: Llama
    optimizer: torch.optim.Optimizer
    scaler: LossScaler
    loader: Loader
    valid: TokenShards | None
    first_step: int

    def save(self, step: int) -> None:
        """Write the checkpoint."""
        save_checkpoint(
            self.run.out,
            self.model,
            self.optimizer,
            step,
            self.loader.state_dict(),
            saved_values(self.run, self.config),
            {"scaler": self.scaler.state_dict()},
        )


def run_training(
    settings: Sequence[str], resume: bool = False, device: str = "cpu", report: Callable[[str], object] = print
) -> int | None:
    """Train a model as the settings say, in a folder that can be continued.

    The folder receives ``checkpoint.safetensors`` while the run goes on, ``log.csv`` with a line per step, and at
    the end the model in the Hugging Face layout, with the tokenizer if one lies beside the data. On SIGINT
    (Ctrl-C) or SIGTERM the step under way is finished and saved.

    Args:
        settings: texts such as ``data=shards``, ``out=run``, ``dim=128`` or ``n_steps=1000``.
        resume: go on from the checkpoint in ``out``; the other settings come from there.
        device: where to train.
        report: called with each message for the user.

    Returns:
        None if the run reached its end, else the number of the signal that stopped it.

    Raises:
        ValueError: if a setting is wrong or the folder is not in the state the call expects.
        TrainingError: if the loss is not finite; the last checkpoint stays.
        OSError: if something cannot be read or written; the last checkpoint stays.
    """
    values = read_settings(settings)
    if not values.get("out"):
        raise ValueError("out=FOLDER must be given: the folder for checkpoint, log and model")
    state = _prepare(values, resume, device)
    Path(state.run.out).mkdir(parents=True, exist_ok=True)
    n_parameters = sum(parameter.numel() for parameter in state.model.parameters())
    report(
        f"{'goes on' if resume else 'starts'} at step {state.first_step} of {state.config.n_steps}: "
        f"{n_parameters:,} parameters, {len(state.loader.shards):,} rows of {state.loader.shards.row_length} tokens"
    )
    log = TrainingLog(Path(state.run.out) / LOG, state.first_step)
    try:
        with _caught_signals() as caught:
            n_done = _loop(state, log, caught)
    finally:
        log.close()
    if caught and n_done < state.config.n_steps:
        report(f"stopped after {n_done} steps; to go on: minillama train out={state.run.out} --resume")
        return caught[0]
    _finish(state)
    report(f"done: {n_done} steps, the model is in {state.run.out}")
    return None


def _prepare(values: dict[str, Any], resume: bool, device: str) -> _Run:
    """Build model, optimizer and loader, new or as they were."""
    saved = _find_checkpoint(values["out"], resume)
    if saved is not None:
        known = {name: tuple(value) if isinstance(value, list) else value for name, value in saved.config.items()}
        require_same(values, known | saved_values(saved.model_config))
        values = known | values
    run, config = run_config(values), train_config(values)
    shards = TokenShards(run.data)
    valid = _validation(run.valid, shards) if run.valid else None
    sizes = model_config(values, shards) if saved is None else saved.model_config
    torch.manual_seed(config.seed)
    model = _new_model(sizes, run).to(device)
    fuse_layers(model)
    optimizer = make_optimizer(model, config.learning_rate, config.betas, weight_decay=config.weight_decay)
    loader, scaler = Loader(shards, run.batch_size, config.seed), LossScaler()
    if saved is not None:
        saved.restore(model, optimizer)
        loader.load_state_dict(saved.position)
        scaler.load_state_dict(saved.extra["scaler"])
    return _Run(run, config, model, optimizer, scaler, loader, valid, 0 if saved is None else saved.step)


def _validation(folder: str, shards: TokenShards) -> TokenShards:
    """Open the validation data; refuse what the model of the training data cannot read."""
    valid = TokenShards(folder)
    for name in ("row_length", "vocab_size", "bos_id", "eos_id"):
        if (here := getattr(valid, name)) != (there := getattr(shards, name)):
            raise ValueError(
                f"the validation data in {folder} have {name} {here}, but the training data {there}: write both with "
                "one tokenizer and one row length"
            )
    return valid


def _new_model(sizes: ModelConfig, run: RunConfig) -> Llama:
    """A model with the first weights that the run asks for."""
    model = Llama(sizes)
    init_weights(model, run.init_std)
    if run.embedding_std:
        nn.init.normal_(model.token_embedding.weight, std=run.embedding_std)
    return model


def _find_checkpoint(folder: str, resume: bool) -> Checkpoint | None:
    """Load the checkpoint to go on from; refuse to overwrite one, or files that no run of ours left."""
    if resume:
        return load_checkpoint(folder)
    if (Path(folder) / FILE).exists():
        raise ValueError(
            f"{folder} already holds a run: add --resume to go on with it, choose another out=FOLDER, or remove "
            f"{Path(folder) / FILE}"
        )
    for name in WRITTEN:
        if (Path(folder) / name).exists():
            raise ValueError(f"{folder} holds a {name} that this run would replace: choose another out=FOLDER")
    return None


def _loop(state: _Run, log: TrainingLog, caught: list[int]) -> int:
    """Train to the end or to a signal; return how many steps are done."""
    saved_at, n_done = time.monotonic(), state.first_step
    steps = train(state.model, state.loader, state.config, state.optimizer, state.first_step, scaler=state.scaler)
    with tqdm(total=state.config.n_steps, initial=state.first_step, unit="step", dynamic_ncols=True) as bar:
        for step in steps:
            n_done = step.index + 1
            valid_loss = _validate(state, n_done)
            log.write(step, valid_loss)
            _show(bar, step, valid_loss)
            due = time.monotonic() - saved_at > state.run.save_seconds
            due = due or bool(state.run.save_steps and n_done % state.run.save_steps == 0)
            if due or caught or n_done == state.config.n_steps:
                log.push_to_disk()
                state.save(n_done)
                saved_at = time.monotonic()
            if caught:
                break
    return n_done


def _validate(state: _Run, n_done: int) -> float | None:
    """The loss on the validation data, if it is time."""
    if state.valid is None or (n_done % state.run.valid_steps and n_done < state.config.n_steps):
        return None
    nats, n_targets = evaluate_loss(state.model, in_order(state.valid, state.run.batch_size))
    return nats / n_targets


def _show(bar: tqdm, step: Step, valid_loss: float | None) -> None:
    """Move the progress bar on."""
    shown = {"loss": f"{step.loss:.3f}", "tokens/s": f"{step.tokens_per_second:,.0f}"}
    if valid_loss is not None:
        shown["valid"] = f"{valid_loss:.3f}"
    bar.set_postfix(shown, refresh=False)
    bar.update()


def _finish(state: _Run) -> None:
    """Write the model for others to load, and put the tokenizer beside it."""
    shards = state.loader.shards
    save_huggingface(state.model, state.run.out, bos_id=shards.bos_id, eos_id=shards.eos_id)
    for name in TOKENIZERS:
        if (Path(state.run.data) / name).is_file():
            shutil.copyfile(Path(state.run.data) / name, Path(state.run.out) / name)


@contextmanager
def _caught_signals() -> Iterator[list[int]]:
    """Collect SIGINT and SIGTERM instead of dying; a second one is obeyed at once."""
    caught: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield caught  # only the main thread may catch signals
        return
    before: dict[int, Any] = {}

    def catch(number: int, _frame: object) -> None:
        caught.append(number)
        for one, handler in before.items():
            signal.signal(one, handler)

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, catch)
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
