#!/usr/bin/env bash
# Everything about the code that a machine can judge without running it.
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0
swift format lint --strict --recursive --parallel --configuration .swift-format \
  Package.swift Sources Tests || failed=1

# A file has one subject; more than 400 lines have several.
while read -r count file; do
  [ "$file" = total ] && continue
  case "$file" in *+Generated.swift) continue ;; esac
  if [ "$count" -gt 400 ]; then
    printf '%s: error: %s lines, 400 are the most\n' "$file" "$count" >&2
    failed=1
  fi
done < <(git ls-files '*.swift' | xargs wc -l)

# What the house forbids outside tests, and where.
if git grep -nE 'try!|\bas!|@unchecked Sendable|nonisolated\(unsafe\)|Task\.detached|FIXME|TODO' -- Sources; then
  printf 'error: the lines above use what ferry does without\n' >&2
  failed=1
fi
if git grep -nE '^\s*(print|debugPrint)\(' -- Sources; then
  printf 'error: stdout is data; say things through Terminal\n' >&2
  failed=1
fi
if git grep -nE 'import (FoundationXML|FoundationNetworking)|_exported import' -- Sources; then
  printf 'error: these imports are not used in ferry\n' >&2
  failed=1
fi

scripts/check_docs.py || failed=1
exit "$failed"
