#!/usr/bin/env bash
# Measures an import beside a bare load generator, and its CPU, memory and journal; release build. ROWS and MANY say
# how many rows each has (default 30,000 and 1,000,000), FOLDER on which disk the files are made.
set -euo pipefail
cd "$(dirname "$0")/.."

# The load generator is a target that only this names.
export FERRY_BENCH=1
flags=(-c release --static-swift-stdlib)
for product in ferry WireBench; do
  # shellcheck disable=SC2086
  swift build "${flags[@]}" --product "$product" ${BUILD_FLAGS:-}
done
programs=$(swift build "${flags[@]}" --show-bin-path)
python3 scripts/bench_import.py --ferry "$programs/ferry" --wire "$programs/WireBench" \
  --rows "${ROWS:-30000}" --many "${MANY:-1000000}" ${FOLDER:+--folder "$FOLDER"}
