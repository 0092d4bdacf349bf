#!/usr/bin/env bash
# Kills imports for hours. Each round is the suite KillTests of `make test` with a seed of its own; in the end ten
# imports are killed and resumed with the waits that users get. ROUNDS says how many rounds (default 200, a round takes
# some minutes), SEED the first round's seed. A round that finds something is told and kept, and the others go on.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${ROUNDS:-200}
first=${SEED:-1}

folder=$(mktemp -d "${TMPDIR:-/tmp}/ferry-soak.XXXXXX")
export FERRY_KILL_FINDINGS=$folder
# Every import is repeated here, not one in four.
export FERRY_KILL_REPEATS=100
# shellcheck disable=SC2206
flags=(${BUILD_FLAGS:-})
swift build --build-tests ${flags[@]+"${flags[@]}"}

failed=0
# round WORDS: runs the suite as the environment asks, and says how it went.
round() {
  local log="$folder/round.log" start=$SECONDS
  if swift test --skip-build ${flags[@]+"${flags[@]}"} --filter KillTests >"$log" 2>&1 &&
    grep -aq '^✔ Suite "imports that are killed" passed' "$log"; then
    printf '%s: nothing found, %d s\n' "$1" $((SECONDS - start))
  else
    failed=$((failed + 1))
    printf '%s: FAILED, %d s\n' "$1" $((SECONDS - start))
    grep -avE '^◇|^✔' "$log" | tee -a "$folder/findings.log"
  fi
}

for ((number = 0; number < rounds; number++)); do
  seed=$((first + number))
  FERRY_KILL_SEED=$seed round "round $((number + 1)) of $rounds, seed $seed"
done
FERRY_KILL_SEED=$first FERRY_KILL_SETTLE=default FERRY_KILL_ONLY=php74-v3 FERRY_KILL_POINTS=10 FERRY_KILL_JOBS=10 \
  round 'ten imports with the default waits'

if [ "$failed" -ne 0 ]; then
  printf 'error: %d rounds found something; see %s\n' "$failed" "$folder" >&2
  exit 1
fi
rm -rf "$folder"
