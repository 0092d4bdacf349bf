#!/usr/bin/env bash
# Measures an export's CPU and memory beside curl and jq, and its pages/s beside a bare load generator; release build.
# ROWS and MANY say how many contacts the generator and the CPU have (default 40,000 and 1,000,000), FOLDER on which
# disk the files are made. Without curl or jq that line is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

flags=(-c release --product ferry --static-swift-stdlib)
# shellcheck disable=SC2086
swift build "${flags[@]}" ${BUILD_FLAGS:-}
python3 scripts/bench_export.py --ferry "$(swift build "${flags[@]}" --show-bin-path)/ferry" \
  --rows "${ROWS:-40000}" --many "${MANY:-1000000}" ${FOLDER:+--folder "$FOLDER"}
