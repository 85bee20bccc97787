"""Work for the processes of test_checkpoints.py: load a checkpoint in one layout, and save it from there."""

from pathlib import Path

import torch
from layouts import TRAINING, batches

from minillama.config import ModelConfig
from minillama.model import Llama
from minillama.parallel.settings import JobSettings
from minillama.parallel.team import Team
from minillama.solo import Solo
from minillama.training import train

# Sizes that 4 processes cannot share evenly where nothing demands it: dim 30, 5 blocks.
SIZES = ModelConfig(
    vocab_size=96, dim=30, n_layers=5, n_heads=8, n_kv_heads=4, head_dim=6, hidden_dim=44, max_seq_len=32
)


def place(team: Solo, seed: int) -> tuple[torch.nn.Module, torch.optim.Optimizer]:
    """A model with random weights in the layout of the team, and its optimizer."""
    torch.manual_seed(seed)
    model = team.place(Llama(SIZES), TRAINING, recompute=False)
    return model, team.make_optimizer(model, TRAINING)


def begin(folder: str) -> None:
    """Train three steps in one process, and save."""
    team = Solo()
    model, optimizer = place(team, seed=1)
    list(train(model, batches(0, 1, 3), TRAINING, optimizer))
    team.save(Path(folder), model, optimizer, 3, {"position": 3}, {"n_steps": 20}, {"scaler": 1.5})


def pass_on(source: str, *layouts: str) -> list[list]:
    """Load from each folder, in the next layout, and save into the next folder; return what else was kept."""
    kept = []
    for number, text in enumerate(layouts):
        settings = {name: int(value) for name, value in (part.split("=") for part in text.split())}
        team = Team(JobSettings(**settings), "cpu", print)
        saved = team.load(Path(source))
        model, optimizer = place(team, seed=2 + number)
        saved.restore(model, optimizer)
        kept.append([saved.step, saved.position, saved.config, saved.extra, saved.model_config == SIZES])
        source = f"{source}-{number}"
        team.save(Path(source), model, optimizer, saved.step, saved.position, saved.config, saved.extra)
    return kept
