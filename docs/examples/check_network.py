"""Add up one number over all processes: started by torchrun on every node, before anything is trained."""

import socket

import torch
import torch.distributed as dist

device = "cuda" if torch.cuda.is_available() else "cpu"
if device == "cuda":
    torch.cuda.set_device(dist.get_node_local_rank())
dist.init_process_group("nccl" if device == "cuda" else "gloo")
number = torch.tensor([1.0 + dist.get_rank()], device=device)
dist.all_reduce(number)
print(f"rank {dist.get_rank()} on {socket.gethostname()}, {device}: the sum is {number.item():g}", flush=True)
dist.destroy_process_group()
