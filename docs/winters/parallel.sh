#!/bin/sh
# The parts of a simulation by GNU parallel, on this machine or with --sshloginfile on several that share a disk:
#   SCENARIO=scenario.toml OUT=run PARTS=32 sh parallel.sh
# Interrupted, the same line goes on where it was.
set -eu
seq "$PARTS" | parallel -j "${JOBS:-2}" \
    curtail simulate "$SCENARIO" --shard "{}/$PARTS" --threads 1 --out "$OUT/part-{}" --resume --quiet
curtail merge "$OUT"/part-* --out "$OUT/whole"
