#!/usr/bin/env bash
# Train on two nodes without a scheduler: run the same line on both, within ten minutes of each other.
#
#   HEAD=node0 docs/examples/two_nodes.sh data=/shared/rows out=/shared/run preset=LLaMA-7B tensor=2 pipeline=2 ...
#
# HEAD       name or address of the first node, which both can reach; the processes meet there
# PORT       free port on it (29400)
# PROCESSES  processes on each node (8)
# NODES      number of nodes (2)
# ATTEMPTS   how often the whole job may start (4)
# PAUSE      seconds before it starts again (20)
#
# torchrun itself restarts nothing here (--max-restarts=0): the torchruns of several nodes count restarts each for
# itself and can disagree on them. Instead all end, and this script starts a new job from the last checkpoint.
set -uo pipefail
: "${HEAD:?give the name of the first node: HEAD=node0 $0 ...}"

job='' stopping=''
stop() {
  stopping=yes
  if [ -n "$job" ]; then kill -TERM "$job"; fi
}
trap stop TERM INT

for ((attempt = 1; attempt <= ${ATTEMPTS:-4}; attempt++)); do
  resume=
  for setting in "$@"; do
    if [[ $setting == out=* ]] && compgen -G "${setting#out=}/checkpoint-*[0-9]/content.json" >/dev/null; then
      resume=--resume
    fi
  done
  torchrun --nnodes="${NODES:-2}" --nproc-per-node="${PROCESSES:-8}" --max-restarts=0 \
    --rdzv-backend=c10d --rdzv-endpoint="$HEAD:${PORT:-29400}" --rdzv-id=minillama \
    -m minillama train ${resume:+"$resume"} "$@" &
  job=$!
  wait "$job"
  code=$?
  while kill -0 "$job" 2>/dev/null; do # a signal ends a wait early
    wait "$job"
    code=$?
  done
  job=''
  if [ "$code" = 0 ] || [ -n "$stopping" ]; then exit "$code"; fi
  echo "two_nodes.sh: attempt $attempt ended with $code" >&2
  sleep "${PAUSE:-20}"
done
exit 1
