# shellcheck shell=bash
# The scripts of tests and of the bench share this: checks that are counted, waiting for a condition, free ports, a PostgreSQL, and keys
# that sessions are signed with. They source it from the root of the repository. All they make is in $work, which their trap removes.

work=$(mktemp -d)
# PostgreSQL and other servers run as users of their own.
chmod 755 "$work"
passed=0
failed=0
skipped=0

say() { printf '== %s\n' "$*"; }

check() { # check WHAT COMMAND...
  local what=$1
  shift
  if "$@" >"$work/check.log" 2>&1; then
    passed=$((passed + 1))
    echo "passed: $what"
  else
    failed=$((failed + 1))
    echo "FAILED: $what"
    sed 's/^/    /' "$work/check.log"
  fi
}

skip() { # skip WHAT WHY
  skipped=$((skipped + 1))
  echo "skipped: $1: $2"
}

# .ci/run adds up these lines. Fails where a check has failed.
counts() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ]
}

equal() { [ "$1" = "$2" ] || { printf 'expected: %s\nbut was:  %s\n' "$2" "$1"; return 1; }; }
contains() { [[ $1 == *"$2"* ]] || { printf 'expected: … %s …\nbut was:  %s\n' "$2" "$1"; return 1; }; }
at_most() { [ "$1" -le "$2" ] || { printf 'expected: at most %s\nbut was:  %s\n' "$2" "$1"; return 1; }; }

await() { # await SECONDS COMMAND...: where it does not come, says what the command said last
  # In microseconds: of SECONDS, which counts those of the clock, the first may be over at once.
  local end=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000))
  shift
  until "$@" >"$work/await.log" 2>&1; do
    [ "${EPOCHREALTIME/[.,]/}" -lt "$end" ] || { echo "not within the time: $*"; cat "$work/await.log"; return 1; }
    sleep 0.1
  done
}

# One that nobody answers at, and that no test has reserved by the UDP port of the same number.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    ! grep -q ":$(printf %04X "$port") " /proc/net/udp /proc/net/udp6 2>/dev/null || continue
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

json() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }

# Neither PostgreSQL nor PgBouncer runs as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

pg_ctl() { as_postgres "$(pg_config --bindir)/pg_ctl" -D "$work/data" -s "$@"; }

start_postgres() { # start_postgres [OPTIONS]: sets db_port
  db_port=$(free_port)
  mkdir "$work/data"
  [ "$(id -u)" != 0 ] || chown postgres "$work/data"
  as_postgres "$(pg_config --bindir)/initdb" -A trust -U postgres -E UTF8 -D "$work/data" >"$work/initdb.log"
  pg_ctl -w -l "$work/data/log" start -o "-p $db_port -k $work/data -c listen_addresses=127.0.0.1 $*"
}

stop_postgres() { [ ! -d "$work/data" ] || pg_ctl -m immediate stop 2>/dev/null || true; }

sql() { psql -h 127.0.0.1 -p "$db_port" -U postgres -d postgres -qAtX "$@"; }

# In $work/private.pem and $work/public.pem.
make_keys() {
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/private.pem" 2>/dev/null
  openssl pkey -in "$work/private.pem" -pubout -out "$work/public.pem"
}
