#!/usr/bin/env bash
# Train on one node, one process for each GPU. After a failure torchrun starts all processes again, up to three times,
# and the run goes on from its last checkpoint. Started once more by hand, it does the same.
#
#   docs/examples/one_node.sh data=/shared/rows out=/shared/run preset=LLaMA-7B zero=3 batch_size=64 ...
#
# PROCESSES  processes on this node (8); on a machine without GPUs they compute on its CPU
# RESTARTS   how often torchrun may start them again (3)
set -euo pipefail

resume=
for setting in "$@"; do
  if [[ $setting == out=* ]] && compgen -G "${setting#out=}/checkpoint-*[0-9]/content.json" >/dev/null; then
    resume=--resume
  fi
done
# Each start of the processes gets a store of its own to meet in. Otherwise torchrun keeps the one of before, and in it
# the addresses of processes that are gone (pytorch/pytorch, issue 135712).
export TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1
exec torchrun --standalone --nproc-per-node="${PROCESSES:-8}" --max-restarts="${RESTARTS:-3}" \
  -m minillama train ${resume:+"$resume"} "$@"
