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

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\033[1m' plain=$'\033[0m'; fi
say() { printf '\n%s$ %s%s\n' "$bold" "$*" "$plain"; }
# Rejected records end a run with 1, which is what the sample is there to show.
run() {
  say "ferry $*"
  local status=0
  "$ferry" "$@" || status=$?
  [ "$status" -le 1 ] || exit "$status"
}

run import "$sample" --mapping "$mapping" --sandbox "$folder/crm.sqlite" --runs-dir "$folder/runs"
run export "$folder/contacts.csv" --sandbox "$folder/crm.sqlite" --fields pid,person,ptitle,tel,mob,mail

results=$(ls -d "$folder"/runs/*/ | tail -n 1)
cat <<EOT

look at
  what was imported, a spreadsheet in windows-1251   $sample
  which column goes where                            $mapping
  what became of every record                        ${results}report.html
  the rows to correct, and why                       ${results}rejected.csv
  the rows that are in the CRM, with their numbers   ${results}created.csv
  the contacts as the CRM has them now               $folder/contacts.csv
EOT
