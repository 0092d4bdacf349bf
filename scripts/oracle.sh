#!/usr/bin/env bash
# Runs what needs Python's libraries: the tables of telephone numbers and the two oracles.
#
# Usage: oracle.sh phone-metadata|phone-oracle|email-oracle [arguments of the script]
set -euo pipefail
cd "$(dirname "$0")/.."
what=$1
shift

# The releases that the tables were made of, and what email-validator is asked with.
venv=.build/oracle-venv
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet phonenumbers==9.0.43 email-validator==2.4.0 idna==3.20 \
    unicodedata2==18.0.0
fi

case "$what" in
  phone-metadata)
    target=Sources/PhoneNumbers/PhoneMetadata+Generated.swift
    "$venv/bin/python" scripts/phone_metadata.py >"$target.new"
    mv "$target.new" "$target"
    exit
    ;;
  phone-oracle | email-oracle) ;;
  *)
    echo "usage: oracle.sh phone-metadata|phone-oracle|email-oracle" >&2
    exit 64
    ;;
esac

FERRY_BENCH=1 swift build -c release --product ValueBench >&2
bench="$(FERRY_BENCH=1 swift build -c release --show-bin-path)/ValueBench"
if [ "$what" = phone-oracle ]; then
  "$venv/bin/python" scripts/phone_oracle.py --checker "$bench phone-oracle" "$@"
else
  "$venv/bin/python" scripts/email_oracle.py --checker "$bench email-oracle" "$@"
fi
