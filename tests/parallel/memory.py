"""Work for the processes of test_memory.py: what each holds, and its peak."""

from layouts import TRAINING, batches

from minillama.config import ModelConfig
from minillama.model import Llama
from minillama.parallel.held import held_bytes, peak_bytes
from minillama.parallel.settings import JobSettings
from minillama.parallel.team import Team
from minillama.solo import Solo
from minillama.training import train

# All sizes are multiples of 4, so that parts are equal; large weights, small batches.
SIZES = ModelConfig(
    vocab_size=96, dim=64, n_layers=4, n_heads=8, n_kv_heads=4, head_dim=8, hidden_dim=176, max_seq_len=32
)


def measure(*layouts: str) -> dict[str, dict[str, int]]:
    """For each layout, and for one process under an empty name: bytes held by this process."""
    return {text: _one(text) for text in ("", *layouts)}


def _one(text: str) -> dict[str, int]:
    settings = {name: int(value) for name, value in (part.split("=") for part in text.split())}
    team = Team(JobSettings(**settings), "cpu", print) if text else Solo()
    model = team.place(Llama(SIZES), TRAINING, recompute=False)
    optimizer = team.make_optimizer(model, TRAINING)
    source = batches(team.data_rank, team.n_data, 2)
    peak = peak_bytes(lambda: list(train(model, source, TRAINING, optimizer, **team.hooks())))
    return held_bytes(model, optimizer) | {"peak": peak}
