# Two commands are all a fresh machine needs: `make demo` and `make test`.
# Both build for debugging with the same flags, so that they share one build.

# Debug information takes a quarter of a build's time; a debugger wants `swift build` without these flags.
BUILD_FLAGS := --explicit-target-dependency-import-check error -debug-info-format none
export BUILD_FLAGS
# Ten thousand imports are played by `make test`; see Package.swift.
export FERRY_OPTIMIZED := 1

.PHONY: help setup demo test soak lint bench bench-import bench-export roundtrip dist samples clean phone-metadata phone-oracle email-oracle

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

setup: ## Check Swift and install the system libraries that are missing
	@scripts/setup.sh

demo: setup ## Migrate the sample contacts into a local CRM and export them back
	@scripts/demo.sh

test: setup ## Build and run every test
	@scripts/test.sh

soak: setup ## Kill imports for hours: ROUNDS of what `make test` does once (default 200)
	@scripts/soak.sh

lint: ## Format, length of files, documentation
	@scripts/lint.sh

bench: setup ## Measure a dry run of a million rows beside the script a user would write
	@scripts/bench.sh

bench-import: setup ## Measure an import beside a bare load generator; its memory, CPU and journal
	@scripts/bench_import.sh

bench-export: setup ## Measure an export beside curl and jq, and beside a bare load generator
	@scripts/bench_export.sh

roundtrip: setup ## Import 100,000 generated rows into a sandbox, export them, compare (release build)
	@scripts/roundtrip.sh

dist: setup ## Make a tarball with a stripped release binary
	@scripts/dist.sh

samples: ## Write the files in samples/ again
	@python3 scripts/make_samples.py

phone-metadata: ## Generate the tables of telephone numbers again
	@scripts/oracle.sh phone-metadata

phone-oracle: setup ## Compare a million telephone numbers with libphonenumber
	@scripts/oracle.sh phone-oracle

email-oracle: setup ## Compare 100,000 e-mail addresses with email-validator
	@scripts/oracle.sh email-oracle

clean: ## Remove what was built
	@rm -rf .build dist
