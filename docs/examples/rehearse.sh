#!/usr/bin/env bash
# The cluster job in small, on the CPU of one machine: the same scripts, the same command, a tiny model.
#
#   docs/examples/rehearse.sh [2|4] [PART ...]
#
# The number is that of processes (2). The parts, all but hang by default and in this order:
#   data      rows of bytes, made with the package
#   one       the run in one process, with which all others are compared
#   node      one_node.sh; one process is killed, and torchrun starts all again
#   nodes     two_nodes.sh, called twice on this machine; one process is killed, and both calls start a new job
#   slurm     train.sbatch with stand-ins for srun, scontrol and scancel: time runs out, the job is requeued and goes on
#   slow      a process that is slower than the others
#   move      the checkpoint of the part slurm becomes a file for one process, which goes on with it
#   hang      a process that is stopped and says nothing
#
# REHEARSAL is the folder for everything (work/rehearsal), PYTHON the Python (python).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python}
work=${REHEARSAL:-work/rehearsal}
total=2
case ${1:-} in
  2 | 4) total=$1 && shift ;;
esac
mkdir -p "$work"
work=$(cd "$work" && pwd)
rows=$work/rows

export CUDA_VISIBLE_DEVICES='' OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE PYTHONWARNINGS=ignore
case $(uname) in # both "nodes" are this machine: talk through its loopback
  Linux) export GLOO_SOCKET_IFNAME=lo ;;
  Darwin) export GLOO_SOCKET_IFNAME=lo0 ;;
esac

short=(data="$rows" dim=32 n_layers=4 n_heads=4 init_std=0.1 batch_size=16 learning_rate=0.01 n_warmup=5)
settings=("${short[@]}" n_steps=60 save_steps=10)
if [ "$total" = 2 ]; then
  in_node=(zero=3) over_nodes=(pipeline=2 n_microbatches=8) in_job=(tensor=2 sequence_parallel=yes)
else
  in_node=(tensor=2 zero=3) over_nodes=(tensor=2 pipeline=2 n_microbatches=8) in_job=(pipeline=2 n_microbatches=4 zero=2)
fi

say() { printf '\n== %s\n' "$*"; }

# The number of lines in the log of a run: its steps and a heading.
n_lines() { if [ -f "$work/$1/log.csv" ]; then wc -l <"$work/$1/log.csv"; else echo 0; fi; }

# Wait until a run has done so many steps; fail when the process that runs it has ended before.
wait_for_step() { # RUN STEP PID
  while [ "$(n_lines "$1")" -le "$2" ]; do
    kill -0 "$3" 2>/dev/null || { echo "rehearse.sh: $1 ended too early; read $work/$1.txt" >&2 && exit 1; }
    sleep 0.05
  done
}

# One process among the descendants of a process that trains: the last one started.
a_worker() { # PID
  local found=$1 below
  while below=$(pgrep -n -P "$found"); do found=$below; done
  echo "$found"
}

# What a run said, without the progress bar and torchrun's own report.
show() { # RUN
  tr '\r' '\n' <"$work/$1.txt" | sed "s|$work/||g" |
    grep -oE '((starts|goes on) at|stopped after|done:|minillama:|rank [0-9]+ is|(two_nodes.sh|train.sbatch):) .*'
}

# Compare the losses of a run with those of the run in one process.
compare() { # RUN
  "$python" - "$work/one/log.csv" "$work/$1/log.csv" <<'PYTHON'
import sys
from pathlib import Path
from minillama.training_log import read_log

one, many = (list(read_log(Path(path))) for path in sys.argv[1:])
assert [line["step"] for line in one] == [line["step"] for line in many], "steps are missing"
apart = max(abs(a["loss"] - b["loss"]) for a, b in zip(one, many))
print(f"all {len(one)} losses equal those of one process to {apart:.0e} nats per token")
assert apart < 1e-3, "that is more than rounding"
PYTHON
}

data() {
  say "data: text of the town as bytes"
  (cd "$work" && "$python" "$here/make_rows.py" rows)
}

one() {
  say "one: a single process"
  rm -rf "$work/one"
  "$python" -m minillama train "${settings[@]}" out="$work/one" >"$work/one.txt" 2>&1
  show one
}

node() {
  say "node: one_node.sh with $total processes, ${in_node[*]}; one is killed"
  rm -rf "$work/node"
  PROCESSES=$total "$here/one_node.sh" "${settings[@]}" "${in_node[@]}" out="$work/node" >"$work/node.txt" 2>&1 &
  local job=$!
  wait_for_step node 15 $job
  kill -KILL "$(a_worker $job)"
  wait $job
  show node
  compare node
}

nodes() {
  say "nodes: two_nodes.sh twice, $((total / 2)) process(es) each, ${over_nodes[*]}; one is killed"
  rm -rf "$work/nodes" && : >"$work/nodes.txt"
  local jobs=() job
  for _ in first second; do
    HEAD=localhost PORT=${PORT:-29411} PROCESSES=$((total / 2)) PAUSE=3 \
      "$here/two_nodes.sh" "${settings[@]}" "${over_nodes[@]}" out="$work/nodes" >>"$work/nodes.txt" 2>&1 &
    jobs+=($!)
  done
  wait_for_step nodes 15 "${jobs[0]}"
  kill -KILL "$(a_worker "${jobs[1]}")"
  for job in "${jobs[@]}"; do wait "$job"; done
  show nodes
  compare nodes
}

slurm() {
  say "slurm: train.sbatch on two nodes of $((total / 2)) process(es), ${in_job[*]}; its time runs out"
  rm -rf "$work/slurm" "$work/bin" && mkdir -p "$work/bin"
  for command in srun scontrol scancel; do ln -s "$here/slurm_stand_in.sh" "$work/bin/$command"; done
  submit >"$work/slurm.txt" 2>&1 &
  local job=$!
  wait_for_step slurm 15 $job
  kill -USR1 $job
  wait $job
  [ -e "$work/bin/requeued" ] || { echo "rehearse.sh: the job was not requeued; read $work/slurm.txt" >&2 && exit 1; }
  rm -rf "$work/moved" && cp -R "$work/slurm" "$work/moved"
  (submit) >>"$work/slurm.txt" 2>&1
  show slurm
  compare slurm
}

submit() { # becomes the job, so that its number is that of the job
  STAND_IN=$work/bin PATH=$work/bin:$PATH PORT=${PORT:-29412} PROCESSES=$((total / 2)) PAUSE=3 \
    SLURM_JOB_ID=1 SLURM_JOB_NUM_NODES=2 SLURM_JOB_NODELIST=localhost,localhost \
    exec bash "$here/train.sbatch" "${settings[@]}" "${in_job[@]}" out="$work/slurm"
}

slow() {
  say "slow: the last of $total processes waits for its data"
  rm -rf "$work/slow"
  torchrun --standalone --nproc-per-node="$total" "$here/slow_rank.py" \
    "${short[@]}" n_steps=20 out="$work/slow" >"$work/slow.txt" 2>&1
  show slow
  tail -n 3 "$work/slow/processes.csv"
}

move() {
  say "move: the job of the part slurm, as it was when its time ran out, goes on in one process"
  ls "$work/moved"
  rm -rf "$work/single" && mkdir "$work/single" && cp "$work/moved/log.csv" "$work/single"
  "$python" - "$work/moved" "$work/single" <<'PYTHON'
import sys

from minillama.parallel.convert import to_single

print("written:", to_single(*sys.argv[1:]).name)
PYTHON
  "$python" -m minillama train --resume out="$work/single" >"$work/single.txt" 2>&1
  show single
  compare single
}

hang() {
  say "hang: one of $total processes is stopped; the others wait timeout=10 seconds"
  rm -rf "$work/hang"
  PROCESSES=$total "$here/one_node.sh" "${settings[@]}" "${in_node[@]}" timeout=10 out="$work/hang" \
    >"$work/hang.txt" 2>&1 &
  local job=$!
  wait_for_step hang 15 $job
  kill -STOP "$(a_worker $job)"
  wait $job
  show hang
  compare hang
}

parts=("$@")
if [ $# = 0 ]; then parts=(data one node nodes slurm slow move); fi
for part in "${parts[@]}"; do "$part"; done
say "the rehearsal is over: everything is in $work"
