#!/usr/bin/env bash
# The whole journey on a made-up file: check, import into a local CRM, export, and where to look.
set -euo pipefail
cd "$(dirname "$0")/.."

printf '\nbuilding ferry (the first time takes some minutes)\n'
# shellcheck disable=SC2086
swift build --product ferry ${BUILD_FLAGS:-}
# shellcheck disable=SC2086
ferry=$(swift build --show-bin-path ${BUILD_FLAGS:-})/ferry

sample=samples/crm-template-cp1251.csv
mapping=mappings/crm-template.yaml
folder=.build/demo
rm -rf "$folder"
mkdir -p "$folder"

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
# Rejected records end a run with 1, which is what the sample is there to show.
run() {
  say "ferry $*"
  local status=0
  "$ferry" "$@" || status=$?
  [ "$status" -le 1 ] || exit "$status"
}

run import "$sample" --mapping "$mapping" --sandbox "$folder/crm.sqlite" --runs-dir "$folder/runs"
run export "$folder/contacts.csv" --sandbox "$folder/crm.sqlite" --fields pid,person,ptitle,tel,mob,mail

runfolder=$(ls -d "$folder"/runs/*/ | tail -n 1)
printf '\nlook at\n'
printf '  %-34s %s\n' \
  "$sample" "what was imported: a spreadsheet in windows-1251" \
  "$mapping" "which column goes where" \
  "${runfolder}report.html" "what became of every record" \
  "${runfolder}rejected.csv" "the rows to correct, and why; import it with the same mapping" \
  "${runfolder}created.csv" "the rows that are in the CRM, with their numbers" \
  "$folder/contacts.csv" "the contacts as the CRM has them now" |
  awk '{ print }'
