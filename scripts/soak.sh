#!/usr/bin/env bash
# Kills imports for hours. First every step of the simulated import is died at under every fault in every world, of which
# `make test` plays a part, and 200 exports are made while somebody works in the CRM. Each round then is its suite KillTests with a seed of its own; in the end ten imports are
# killed and resumed with the waits that users get. ROUNDS says how many rounds (default 200, a round takes
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
# round SUITE WORDS: runs a suite as the environment asks, and says how it went.
round() {
  local log="$folder/round.log" start=$SECONDS
  # A filter that matches nothing passes, too.
  if swift test --skip-build ${flags[@]+"${flags[@]}"} --filter "$1" >"$log" 2>&1 &&
    grep -aq '^✔ Suite ".*" passed' "$log"; then
    printf '%s: nothing found, %d s\n' "$2" $((SECONDS - start))
  else
    failed=$((failed + 1))
    printf '%s: FAILED, %d s\n' "$2" $((SECONDS - start))
    grep -avE '^◇|^✔' "$log" | tee -a "$folder/findings.log"
  fi
}

FERRY_NET=full round EveryStepTests 'every step, every fault, every world'
FERRY_EXPORTS=100 round ExportUnderWritersTests '200 exports under a writer'
for ((number = 0; number < rounds; number++)); do
  seed=$((first + number))
  FERRY_KILL_SEED=$seed round KillTests "round $((number + 1)) of $rounds, seed $seed"
done
FERRY_KILL_SEED=$first FERRY_KILL_SETTLE=default FERRY_KILL_ONLY=php74-v3 FERRY_KILL_POINTS=10 FERRY_KILL_JOBS=10 \
  round KillTests 'ten imports with the default waits'

if [ "$failed" -ne 0 ]; then
  printf 'error: %d rounds found something; see %s\n' "$failed" "$folder" >&2
  exit 1
fi
rm -rf "$folder"
