#!/usr/bin/env bash
# Imports generated rows into a fresh sandbox, exports them, and compares the two, value by value.
# ROWS says how many (default 100,000).
set -euo pipefail
cd "$(dirname "$0")/.."

flags=(-c release --product ferry --static-swift-stdlib)
# shellcheck disable=SC2086
swift build "${flags[@]}" ${BUILD_FLAGS:-}
python3 scripts/roundtrip.py --ferry "$(swift build "${flags[@]}" --show-bin-path)/ferry" --rows "${ROWS:-100000}"
