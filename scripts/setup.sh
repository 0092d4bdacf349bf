#!/usr/bin/env bash
# Checks for Swift and installs the C libraries ferry is built with, if they are missing.
set -euo pipefail

minimum=6.2

fail() { printf 'error: %s\n' "$1" >&2; exit 1; }

command -v swift >/dev/null 2>&1 ||
  fail "Swift is not installed; get version $minimum or newer from https://www.swift.org/install"
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
[ -n "$version" ] || fail "'swift --version' does not say its version; is this the Swift compiler?"
[ "$(printf '%s\n%s\n' "$minimum" "$version" | sort -V | head -n 1)" = "$minimum" ] ||
  fail "Swift $version is too old; get version $minimum or newer from https://www.swift.org/install"

case "$(uname -s)" in
  Linux)
    missing=()
    for package in libxml2-dev libsqlite3-dev zlib1g-dev; do
      dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
        missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && exit 0
    command -v apt-get >/dev/null 2>&1 ||
      fail "these libraries are missing and there is no apt-get to install them: ${missing[*]}"
    run=()
    if [ "$(id -u)" -ne 0 ]; then
      command -v sudo >/dev/null 2>&1 ||
        fail "run as root, or ask an administrator for: apt-get install ${missing[*]}"
      run=(sudo)
    fi
    printf 'installing %s\n' "${missing[*]}"
    "${run[@]}" apt-get update -qq
    "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      fail "apt-get could not install ${missing[*]}; see its messages above"
    ;;
  Darwin)
    # SQLite, libxml2 and zlib come with the system's developer tools.
    xcode-select -p >/dev/null 2>&1 || fail "the developer tools are missing; run: xcode-select --install"
    ;;
  *)
    fail "ferry is built on Linux and macOS; this is $(uname -s)"
    ;;
esac
