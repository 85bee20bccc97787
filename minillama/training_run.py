"""A training run in a folder: checkpoint, log, progress bar, and a clean stop.

What ``minillama train`` does. The loop is that of ``training.train``; here stands what surrounds it.
"""

import shutil
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import nn
from tqdm import tqdm

from .budget import count_parameters
from .checkpoint import SavedRun
from .config import ModelConfig
from .data import Loader, in_order
from .formats.huggingface_writer import save_huggingface
from .loss_scaling import LossScaler
from .model import Llama, init_weights
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
from .signals import caught_signals
from .solo import Solo
from .train_config import Step, TrainConfig
from .training import train
from .training_log import TrainingLog

LOG = "log.csv"
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "tokenizer_config.json")
WRITTEN = ("config.json", "model.safetensors", *TOKENIZERS)


@dataclass
class _Run:
    """Everything that a run under way needs."""

    run: RunConfig
    config: TrainConfig
    model: nn.Module
    optimizer: torch.optim.Optimizer
    scaler: LossScaler
    loader: Loader
    valid: TokenShards | None
    first_step: int
    team: Solo

    def save(self, step: int) -> None:
        """Write the checkpoint."""
        self.team.save(
            Path(self.run.out),
            self.model,
            self.optimizer,
            step,
            self.loader.state_dict(),
            saved_values(self.run, self.config),
            {"scaler": self.scaler.state_dict()},
        )


def run_training(
    settings: Sequence[str],
    resume: bool = False,
    device: str = "cpu",
    report: Callable[[str], object] = print,
    team: Solo | None = None,
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
        team: the processes that share the work; by default this one alone.

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
    state = _prepare(values, resume, device, team or Solo())
    Path(state.run.out).mkdir(parents=True, exist_ok=True)
    n_parameters = count_parameters(state.model.config)
    report(
        f"{'goes on' if resume else 'starts'} at step {state.first_step} of {state.config.n_steps}: "
        f"{n_parameters:,} parameters, {len(state.loader.shards):,} rows of {state.loader.shards.row_length} tokens"
    )
    log = state.team.open_log(Path(state.run.out) / LOG, state.first_step)
    try:
        with caught_signals() as caught:
            n_done, stopping = _loop(state, log, caught)
    finally:
        log.close()
    if stopping and n_done < state.config.n_steps:
        report(f"stopped after {n_done} steps; to go on: minillama train out={state.run.out} --resume")
        return caught[0] if caught else signal.SIGTERM  # another process was told to stop
    state.team.export(state.model, partial(_finish, state))
    report(f"done: {n_done} steps, the model is in {state.run.out}")
    return None


def _prepare(values: dict[str, Any], resume: bool, device: str, team: Solo) -> _Run:
    """Build model, optimizer and loader, new or as they were."""
    team.require_agreement({**values, "resume": resume})
    saved = _find_checkpoint(Path(values["out"]), resume, team)
    if saved is not None:
        known = {name: tuple(value) if isinstance(value, list) else value for name, value in saved.config.items()}
        require_same(values, known | saved_values(saved.model_config))
        values = known | values
    run, config = run_config(values), train_config(values)
    shards = TokenShards(run.data)
    valid = _validation(run.valid, shards) if run.valid else None
    sizes = model_config(values, shards) if saved is None else saved.model_config
    team.require_agreement({"data": shards.fingerprint, "model": sizes, "run": run, "training": config})
    torch.manual_seed(config.seed)
    model = team.place(_new_model(sizes, run).to(device), config, run.recompute)
    optimizer = team.make_optimizer(model, config)
    loader = Loader(shards, _share(run.batch_size, team), config.seed, rank=team.data_rank, n_ranks=team.n_data)
    scaler = LossScaler()
    if saved is not None:
        saved.restore(model, optimizer)
        loader.load_state_dict(saved.position)
        scaler.load_state_dict(saved.extra["scaler"])
    return _Run(run, config, model, optimizer, scaler, loader, valid, 0 if saved is None else saved.step, team)


def _share(batch_size: int, team: Solo) -> int:
    """Rows that one reader takes of each batch."""
    if batch_size % team.n_data:
        raise ValueError(
            f"{team.n_data} processes cannot share batches of {batch_size} rows evenly: choose a batch_size that is a "
            f"multiple of {team.n_data}"
        )
    return batch_size // team.n_data


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


def _find_checkpoint(folder: Path, resume: bool, team: Solo) -> SavedRun | None:
    """Load the checkpoint to go on from; refuse to overwrite one, or files that no run of ours left."""
    if resume:
        return team.load(folder)
    if (found := team.holds_run(folder)) is not None:
        raise ValueError(
            f"{folder} already holds a run: add --resume to go on with it, choose another out=FOLDER, or remove {found}"
        )
    for name in WRITTEN:
        if (folder / name).exists():
            raise ValueError(f"{folder} holds a {name} that this run would replace: choose another out=FOLDER")
    return None


def _loop(state: _Run, log: TrainingLog, caught: list[int]) -> tuple[int, bool]:
    """Train to the end or to a signal; return how many steps are done, and whether a signal was the reason."""
    saved_at, n_done, stopping, team = time.monotonic(), state.first_step, False, state.team
    steps = train(
        state.model,
        team.timed(state.loader),
        state.config,
        state.optimizer,
        state.first_step,
        scaler=state.scaler,
        **team.hooks(),
    )
    shown = {"unit": "step", "dynamic_ncols": True, "disable": not team.is_main}
    with tqdm(total=state.config.n_steps, initial=state.first_step, **shown) as bar:
        for step in steps:
            due = time.monotonic() - saved_at > state.run.save_seconds
            step, due, stopping = team.after_step(step, due, bool(caught))
            n_done = step.index + 1
            valid_loss = _validate(state, n_done)
            log.write(step, valid_loss)
            _show(bar, step, valid_loss)
            due = due or bool(state.run.save_steps and n_done % state.run.save_steps == 0)
            if due or stopping or n_done == state.config.n_steps:
                log.push_to_disk()
                state.save(n_done)
                saved_at = time.monotonic()
            if stopping:
                break
    return n_done, stopping


def _validate(state: _Run, n_done: int) -> float | None:
    """The loss on the validation data, if it is time."""
    if state.valid is None or (n_done % state.run.valid_steps and n_done < state.config.n_steps):
        return None
    nats, n_targets = state.team.evaluate(state.model, in_order(state.valid, state.run.batch_size))
    return nats / n_targets


def _show(bar: tqdm, step: Step, valid_loss: float | None) -> None:
    """Move the progress bar on."""
    shown = {"loss": f"{step.loss:.3f}", "tokens/s": f"{step.tokens_per_second:,.0f}"}
    if valid_loss is not None:
        shown["valid"] = f"{valid_loss:.3f}"
    bar.set_postfix(shown, refresh=False)
    bar.update()


def _finish(state: _Run, model: Llama) -> None:
    """Write the model for others to load, and put the tokenizer beside it."""
    shards = state.loader.shards
    save_huggingface(model, state.run.out, bos_id=shards.bos_id, eos_id=shards.eos_id)
    for name in TOKENIZERS:
        if (Path(state.run.data) / name).is_file():
            shutil.copyfile(Path(state.run.data) / name, Path(state.run.out) / name)
