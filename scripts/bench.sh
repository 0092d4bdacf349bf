#!/usr/bin/env bash
# Measures the dry run beside the script a user would write, and the readers and converters beside what can be
# installed here; on one core, in one run. ROWS says how many generated records (default 1,000,000, about 1.8 GB of
# files in bench-data/, which are kept).
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${ROWS:-1000000}

# The stages are a target of their own, which only this names.
export FERRY_BENCH=1
flags=(-c release --static-swift-stdlib)
for product in ferry FormatBench ValueBench; do
  # shellcheck disable=SC2086
  swift build "${flags[@]}" --product "$product" ${BUILD_FLAGS:-}
done
programs=$(swift build "${flags[@]}" --show-bin-path)

python=.build/bench-venv/bin/python
if [ ! -x "$python" ]; then
  python3 -m venv .build/bench-venv
fi
"$python" -m pip install --quiet phonenumbers email-validator polars duckdb orjson vobject
"$python" scripts/bench.py --ferry "$programs/ferry" --rows "$rows"
"$python" scripts/bench_formats.py --ferry "$programs/ferry" --stages "$programs/FormatBench" \
  --prefix "contacts_$rows"
"$python" scripts/bench_values.py --bench-binary "$programs/ValueBench" --csv "bench-data/contacts_$rows.csv"
