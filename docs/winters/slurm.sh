#!/bin/sh
# The parts of a simulation as tasks of a Slurm array:
#   SCENARIO=scenario.toml OUT=run sbatch --array=1-32 slurm.sh
# and when all of them are over (sbatch --dependency=afterok:JOB):
#   curtail merge run/part-* --out run/whole
# A task that was killed or requeued goes on where it was.
#SBATCH --job-name=winters
#SBATCH --cpus-per-task=4
#SBATCH --requeue
set -eu
curtail simulate "$SCENARIO" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --threads "${SLURM_CPUS_PER_TASK:-1}" --out "$OUT/part-$SLURM_ARRAY_TASK_ID" --resume --quiet > /dev/null
