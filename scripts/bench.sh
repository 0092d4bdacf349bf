#!/usr/bin/env bash
# Measures the dry run beside the script a user would write, on one core, in one run.
# ROWS says how many generated records (default 1,000,000); the data is kept in bench-data/.
set -euo pipefail
cd "$(dirname "$0")/.."

flags=(-c release --product ferry --static-swift-stdlib)
# shellcheck disable=SC2086
swift build "${flags[@]}" ${BUILD_FLAGS:-}
ferry=$(swift build "${flags[@]}" --show-bin-path)/ferry

if [ ! -x .build/bench-venv/bin/python ]; then
  python3 -m venv .build/bench-venv
  .build/bench-venv/bin/pip install --quiet phonenumbers email-validator
fi
.build/bench-venv/bin/python scripts/bench.py --ferry "$ferry" --rows "${ROWS:-1000000}"
