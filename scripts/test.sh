#!/usr/bin/env bash
# Builds and runs every test. Arguments go to `swift test`, e.g. scripts/test.sh --filter CSV.
# Each suite is shown with its seconds, and what other people's suites say of ferry, and how many imports were
# killed; a failure is shown with all there is to say about it.
# Where CI is set, a suite that was skipped is a failure, unless what it lacks is ../shared, or rights that can
# be taken away: the superuser has all of them.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2206
flags=(${BUILD_FLAGS:-})
swift build --build-tests ${flags[@]+"${flags[@]}"}

status=0
# Runs a part of the tests; the log keeps all parts.
run() { swift test --skip-build ${flags[@]+"${flags[@]}"} "$@" >>"$log" 2>&1 || status=$?; }
if [ "$#" -gt 0 ]; then
  run "$@"
else
  # Tests that run ferry as a process wait for it on threads that others would keep busy, and the nets of the
  # import keep all cores busy for minutes: each has its turn.
  run --skip 'EndToEndTests|EveryStepTests|ForgetfulDiskTests|MixtureTests'
  run --filter EndToEndTests --skip KillTests
  run --filter 'EveryStepTests|ForgetfulDiskTests|MixtureTests'
  run --filter KillTests
fi
grep -aE '^(✔|✘) (Suite|Test run)|^➜ |^✘ |^conformance: |^kills: ' "$log" || true
if [ "$status" -ne 0 ]; then
  # The whole of it, without the lines that only say that something began or passed.
  grep -avE '^◇|^✔' "$log" >&2
  printf 'error: tests failed\n' >&2
  exit 1
fi

skipped=$(grep -aE '^➜ .*skipped' "$log" || true)
if [ -n "${CI:-}" ] && printf '%s' "$skipped" | grep -qvE '\.\./shared|superuser'; then
  printf 'error: a suite was skipped although CI is set:\n%s\n' "$skipped" >&2
  exit 1
fi
