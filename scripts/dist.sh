#!/usr/bin/env bash
# Makes dist/ferry-VERSION-SYSTEM-MACHINE.tar.gz: a stripped release binary that brings the Swift
# runtime with it, the presets and the documents.
set -euo pipefail
cd "$(dirname "$0")/.."

flags=(-c release --product ferry --static-swift-stdlib)
# shellcheck disable=SC2086
swift build "${flags[@]}" ${BUILD_FLAGS:-}
binary=$(swift build "${flags[@]}" --show-bin-path)/ferry

version=$(sed -n 's/.*static let text = "\(.*\)".*/\1/p' Sources/ferry/Ferry.swift)
name="ferry-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)"
rm -rf "dist/$name"
mkdir -p "dist/$name"
cp "$binary" "dist/$name/ferry"
strip "dist/$name/ferry"
cp -r LICENSE NOTICE README.md CHANGELOG.md CONTRIBUTING.md docs mappings samples "dist/$name/"
tar -C dist -czf "dist/$name.tar.gz" "$name"
"dist/$name/ferry" --version >/dev/null
printf 'dist/%s.tar.gz (%s)\n' "$name" "$(du -h "dist/$name.tar.gz" | cut -f 1)"
