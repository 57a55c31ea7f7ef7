#!/usr/bin/env bash
# The page in a real Chromium, against the packaged service (./mvnw package) and a real Keycloak. Makes the screenshots of docs/.
# Ends with a line of counts.
#
# SPEED_SECONDS (20) is how long speed.test.js watches the page's memory; 600 gives the figures of docs/decisions/page.md.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v chromium >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
fi
npm ci --silent --no-audit --no-fund
# ./mvnw verify has unpacked it; ./mvnw package has not.
[ -d ../../../target/keycloak ] || (cd ../../.. && ./mvnw -B -q dependency:unpack@keycloak)

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
failed=0

# walk CONCURRENCY FILE...
walk() {
  local concurrency=$1
  shift
  node --test --test-concurrency="$concurrency" --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$reports/$1" "$@" || failed=1
}

# Most of them wait most of the time. Frames are counted alone.
others=()
for file in *.test.js; do
  [ "$file" = speed.test.js ] || others+=("$file")
done
walk 2 "${others[@]}"
walk 1 speed.test.js

awk -v failed="$failed" '
  /^# pass / { passed += $3 } /^# fail / { bad += $3 } /^# skipped / { skipped += $3 }
  END { printf "%d passed, %d failed, %d skipped\n", passed, bad, skipped; exit (failed || bad || passed == 0) }' "$reports"/*
