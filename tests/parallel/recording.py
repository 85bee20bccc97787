"""Work for the processes of test_recorder.py: train a step under the record, and call collectives by hand."""

from collections.abc import Callable
from dataclasses import astuple, replace

import torch
import torch.distributed as dist
from torch.distributed.optim import ZeroRedundancyOptimizer
from torch.distributed.tensor import DTensor, Partial, Replicate, Shard
from torch.nn.parallel import DistributedDataParallel

from minillama.backward import accumulate_gradients, model_loss
from minillama.config import ModelConfig
from minillama.model import Llama
from minillama.parallel.data import average_gradients
from minillama.parallel.layout import FLOAT32, ElementSizes, Layout
from minillama.parallel.mesh import make_mesh, start_processes
from minillama.parallel.recorder import record_traffic
from minillama.parallel.settings import JobSettings
from minillama.parallel.team import Team
from minillama.parallel.traffic import predicted_traffic
from minillama.train_config import TrainConfig

# Nothing divides evenly: every weight is padded along some first dimension. The second one suits four tensor processes.
ODD = ModelConfig(
    vocab_size=98, dim=25, n_layers=5, n_heads=8, n_kv_heads=4, head_dim=6, hidden_dim=42, max_seq_len=32
)  # fmt: skip
FOUR = replace(ODD, vocab_size=92, hidden_dim=44)
B, T = 8, 12
NARROW = ElementSizes(weight=4, gradient=4, activation=2)  # autocast: weights stay as they are
NARROW_BLOCKS = replace(NARROW, weight=2)  # FSDP narrows the weights of blocks on their way

Rows = list[list]


def rows(traffic: list) -> Rows:
    """Entries in a form that JSON keeps."""
    return [list(astuple(one)) for one in traffic]


def batch(seed: int, n_rows: int, config: ModelConfig = ODD) -> tuple[torch.Tensor, torch.Tensor]:
    """Random tokens and their successors."""
    generator = torch.Generator().manual_seed(seed)
    tokens = torch.randint(0, config.vocab_size, (n_rows, T), generator=generator)
    return tokens, (tokens + 1) % config.vocab_size


def steps(*cases: str) -> dict[str, list[Rows]]:
    """For each case, such as ``tensor=2 zero=3 precision=bfloat16``: what its second step did, and the prediction."""
    return {case: _step(dict(part.split("=") for part in case.split())) for case in cases}


def _step(options: dict[str, str], extra: bool = False) -> list[Rows]:
    """Measure and predict one step of a team: all batches forward and backward, exchange of gradients, update."""
    n_batches, precision = int(options.pop("batches", "1")), options.pop("precision", "float32")
    recompute, chunk = options.pop("recompute", "") == "1", int(options.pop("chunk", "20"))
    config = replace(FOUR if options.get("tensor") == "4" else ODD, tie_embeddings=options.pop("tied", "") == "1")
    settings = {name: value if name == "schedule" else int(value) for name, value in options.items()}
    team = Team(JobSettings(**settings), "cpu", print)
    training = TrainConfig(
        n_steps=1, learning_rate=0.01, precision=precision, chunk_tokens=chunk, accumulate=n_batches
    )  # fmt: skip
    torch.manual_seed(0)
    model = team.place(Llama(config), training, recompute)
    optimizer = team.make_optimizer(model, training)
    group = [batch(team.data_rank, B // n_batches, config) for _ in range(n_batches)]
    for _ in range(2):
        optimizer.zero_grad()
        with record_traffic(team.mesh) as record:
            team.backward(model, group, training, None)
            optimizer.step()
            if extra:
                dist.all_reduce(torch.ones(1))
    layout = replace(team.layout, n_microbatches=team.layout.n_microbatches * n_batches)
    narrow = precision == "bfloat16"
    predicted = predicted_traffic(
        config, layout, B, T, recompute="full" if recompute else "none", stage=team.mesh["pipeline"].get_local_rank(),
        sizes=(NARROW_BLOCKS if layout.zero > 1 else NARROW) if narrow else FLOAT32,
        stream_bytes=4, chunk_tokens=chunk, exact=True,
    )  # fmt: skip
    return [rows(record.traffic()), rows(predicted)]


def on_two() -> dict[str, object]:
    """What needs 2 processes, in one launch."""
    return {
        "collectives": collectives(),
        "by torch": by_torch(),
        "first step": first_step(),
        "one more": _step({"zero": "3"}, extra=True),
    }


def on_four() -> dict[str, object]:
    """What needs 4 processes, in one launch."""
    return {"refused": refused(), "by torch": by_torch()}


def first_step() -> list[Rows]:
    """What a pipeline does at its first and at its second step."""
    team = Team(JobSettings(pipeline=2, n_microbatches=4), "cpu", print)
    training = TrainConfig(n_steps=1, learning_rate=0.01)
    model = team.place(Llama(ODD), training, False)
    found = []
    for _ in range(2):
        with record_traffic(team.mesh) as record:
            team.backward(model, [batch(0, B)], training, None)
        found.append([row for row in rows(record.traffic()) if row[1] == "send"])
    return found


def by_torch() -> dict[str, Rows]:
    """Data parallelism without a team: one flat message, and torch's own modules."""
    mesh = make_mesh(Layout(data=start_processes()[1]))
    training = TrainConfig(n_steps=1, learning_rate=0.01)
    found = {}
    model = Llama(ODD)
    with record_traffic(mesh) as record:
        _, n_targets = accumulate_gradients(model, [batch(0, 2)], training)
        average_gradients(model, n_targets)
    found["average_gradients"] = rows(record.traffic())
    for name, megabytes in (("one bucket", 25.0), ("buckets", 0.02)):
        model = Llama(ODD)
        replicas = DistributedDataParallel(model, bucket_cap_mb=megabytes)
        optimizer = ZeroRedundancyOptimizer(model.parameters(), torch.optim.AdamW, lr=0.01)
        for number in range(3):  # the second step settles the buckets
            with record_traffic(mesh) as record:
                model_loss(replicas, *batch(number, 2)).backward()
            if number == 1:
                found[f"{name}, settling"] = rows(record.traffic())
        found[name] = rows(record.traffic())
        with record_traffic(mesh) as record:
            optimizer.step()
        found[f"{name}, optimizer"] = rows(record.traffic())
    return found


def collectives() -> dict[str, Rows]:
    """Every form of every collective that the record knows, on 2 processes, with 6 numbers of 4 bytes each."""
    mesh = make_mesh(Layout(tensor=2))
    group, x, twice = mesh["tensor"].get_group(), torch.ones(6), torch.ones(12)
    half, other = torch.ones(3), 1 - dist.get_rank()

    def exchange() -> None:
        both = [dist.P2POp(dist.isend, x, other), dist.P2POp(dist.irecv, torch.empty(6), other)]
        for started in dist.batch_isend_irecv(both):
            started.wait()

    def coalesced() -> None:
        with dist._coalescing_manager(group):
            dist.all_reduce(x, group=group)
            dist.all_reduce(half, group=group)

    def cut(place: object, to: object) -> Callable[[], object]:
        return lambda: DTensor.from_local(torch.ones(6), mesh["tensor"], [place]).redistribute(placements=[to])

    work = {
        "all_reduce": lambda: dist.all_reduce(x),
        "all_reduce of bfloat16": lambda: dist.all_reduce(torch.ones(6, dtype=torch.bfloat16)),
        "coalesced": coalesced,
        "all_gather": lambda: dist.all_gather([half, torch.ones(3)], torch.ones(3), group=group),
        "all_gather_single": lambda: dist.all_gather_single(twice, x),
        "reduce_scatter": lambda: dist.reduce_scatter(half, [torch.ones(3), torch.ones(3)]),
        "reduce_scatter_single": lambda: dist.reduce_scatter_single(half, x),
        "broadcast": lambda: dist.broadcast(x, src=0),
        "send": exchange,
        "DTensor, sum": cut(Partial(), Replicate()),
        "DTensor, gather": cut(Shard(0), Replicate()),
        "DTensor, scatter": cut(Partial(), Shard(0)),
        "DTensor, inside": lambda: DTensor.from_local(torch.ones(6), mesh["tensor"], [Partial()]).relu(),
        "alone": lambda: dist.all_reduce(x, group=mesh["data"].get_group()),
        "barrier": dist.barrier,
    }
    found = {}
    for name, call in work.items():
        with record_traffic(mesh) as record:
            call()
        found[name] = rows(record.traffic())
    return found


def refused() -> dict[str, str]:
    """Messages for what cannot be counted, on 4 processes; and a collective of all of them."""
    mesh = make_mesh(Layout(data=2, tensor=2))
    pair = dist.new_group([0, 3])
    found = {}
    calls = {
        "all_to_all": lambda: dist.all_to_all_single(torch.empty(4), torch.ones(4)),
        "stranger": lambda: dist.all_reduce(torch.ones(4), group=pair),
        "all": lambda: dist.all_reduce(torch.ones(5)),
    }
    for name, call in calls.items():
        try:
            with record_traffic(mesh) as record:
                call()
            found[name] = str(rows(record.traffic()))
        except ValueError as error:
            found[name] = str(error)
    return found
