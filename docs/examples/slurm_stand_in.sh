#!/usr/bin/env bash
# What train.sbatch needs of SLURM, on one machine and for its rehearsal only. Called under the names srun, scontrol and
# scancel; STAND_IN is a folder for notes.
set -uo pipefail

case $(basename "$0") in
  scontrol)
    case $1 in
      show) echo localhost ;;
      requeue) touch "$STAND_IN/requeued" ;;
    esac
    ;;
  scancel) # --signal=TERM JOB: to the tasks, which are the torchruns
    while read -r task; do kill -TERM "$task"; done <"$STAND_IN/tasks"
    ;;
  srun)
    while [[ $1 == --* ]]; do shift; done
    : >"$STAND_IN/tasks"
    tasks=() failed=0
    for ((node = 0; node < SLURM_JOB_NUM_NODES; node++)); do
      "$@" &
      tasks+=($!)
      echo $! >>"$STAND_IN/tasks"
    done
    for task in "${tasks[@]}"; do wait "$task" || failed=$?; done
    exit "$failed"
    ;;
esac
