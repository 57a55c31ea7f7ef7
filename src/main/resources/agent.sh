#!/bin/sh
# Keeps this machine online in the machine registry. Needs only curl.
#
#   MACHINE_TOKEN=<machineId>:<secret> sh agent.sh
#   MACHINE_TOKEN_FILE=/etc/machine-token sh agent.sh
#
# The token is never taken from the arguments, which every user of a machine can read. MACHINE_ASSISTANTS, where it is set, is
# a command that prints how many assistants run.

set -u
SERVICE='@SERVICE@'
AGENT_VERSION='agent.sh 1.0'
SHORTEST_PAUSE=1
# With the time for a call, well under the silence after which a machine is offline.
LONGEST_PAUSE=25
CALL_SECONDS=10
GOODBYE_TRIES=3

say() {
  printf '%s machine-agent: %s\n' "$(date '+%Y-%m-%dT%H:%M:%S')" "$*" >&2
}

die() {
  say "$*"
  exit 1
}

read_token() {
  # A variable of this name may come from outside, and would then be told to every program.
  unset token
  if [ -n "${MACHINE_TOKEN:-}" ]; then
    token=$MACHINE_TOKEN
  elif [ -n "${MACHINE_TOKEN_FILE:-}" ]; then
    [ -r "$MACHINE_TOKEN_FILE" ] || die "the file $MACHINE_TOKEN_FILE cannot be read"
    token=$(cat "$MACHINE_TOKEN_FILE")
  else
    die 'set MACHINE_TOKEN or MACHINE_TOKEN_FILE'
  fi
  # Whatever this script starts need not know it.
  unset MACHINE_TOKEN
  case $token in
    *[!A-Za-z0-9_:-]* | *:*:* | :* | *: | '') die 'the token must look like <machineId>:<secret>' ;;
    *:*) ;;
    *) die 'the token must look like <machineId>:<secret>' ;;
  esac
}

# A string of JSON, with its quotes.
json_string() {
  printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037\177' | sed 's/\\/\\\\/g; s/"/\\"/g')"
}

# An id of this run of the agent: by it the service tells that two machines use one token.
new_instance() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

assistants() {
  [ -n "${MACHINE_ASSISTANTS:-}" ] || return 0
  count=$(sh -c "$MACHINE_ASSISTANTS" 2>/dev/null </dev/null) || return 0
  case $count in
    '' | *[!0-9]*) ;;
    *) printf '"assistantCount":%s' "$count" ;;
  esac
}

connect_body() {
  os=$(uname -sr)
  said=$(assistants)
  printf '{"instanceId":"%s","rootDirectory":%s,"hostname":%s,"os":%s,"agentVersion":%s%s}' "$instance" "$(json_string "$(pwd)")" \
    "$(json_string "$(uname -n)")" "$(json_string "$os")" "$(json_string "$AGENT_VERSION")" "${said:+,$said}"
}

# Sets status to the HTTP status, 000 where there was none, and answer to headers and body.
call() {
  # The token goes through standard input: arguments can be read by others.
  answer=$(curl -sS -i -K - -X POST --max-time "$CALL_SECONDS" -H 'Content-Type: application/json' -A "$AGENT_VERSION" \
    --data-raw "$2" "$SERVICE/api/agent/$1" 2>&1 <<EOF
header = "Authorization: Bearer $token"
EOF
  )
  status=$(printf '%s\n' "$answer" | sed -n 's/^HTTP\/[0-9.]* \([0-9][0-9][0-9]\).*/\1/p' | tail -n 1)
  status=${status:-000}
}

number_of() {
  printf '%s\n' "$answer" | sed -n "s/.*\"$1\":\([0-9][0-9]*\).*/\1/p" | tail -n 1
}

# A number from 0 to one less than its argument.
random() {
  bytes=$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')
  echo $((bytes % $1))
}

# In the background, so that a signal is heard at once.
pause() {
  sleep "$1" &
  sleeper=$!
  wait "$sleeper"
  sleeper=
}

# Waits longer after each failure, and not as long as all others do; never so long that the machine goes offline for it.
back_off() {
  retry_after=$(printf '%s\n' "$answer" | tr -d '\r' | sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9][0-9]*\)$/\1/p' | tail -n 1)
  wait_for=$((backoff / 2 + $(random $((backoff / 2 + 1))) + ${retry_after:-0}))
  backoff=$((backoff * 2))
  [ "$backoff" -le "$longest" ] || backoff=$longest
  if [ "$wait_for" -gt "$longest" ]; then
    wait_for=$((longest / 2 + $(random $((longest / 2 + 1)))))
  fi
  pause "$((wait_for < SHORTEST_PAUSE ? SHORTEST_PAUSE : wait_for))"
}

failed() {
  case $status in
    401) die 'the token is not good (any more): the machine was deleted, or its token rotated. Get a new one on the page.' ;;
    000) say "no answer from $SERVICE: $(printf '%s' "$answer" | tail -n 1)" ;;
    *) say "$SERVICE answered $status to $1" ;;
  esac
  connected=
  back_off
}

turn() {
  if [ -z "$connected" ]; then
    reached=yes
    call connect "$(connect_body)"
    [ "$status" = 200 ] || { failed connect; return; }
    connected=yes
    say "online as $(printf '%s\n' "$answer" | sed -n 's/.*"name":"\([^"]*\)".*/\1/p')"
  else
    said=$(assistants)
    call heartbeat "{\"instanceId\":\"$instance\"${said:+,$said}}"
    [ "$status" = 200 ] || { failed heartbeat; return; }
  fi
  backoff=2
  ttl=$(number_of ttlSeconds)
  longest=$((${ttl:-45} / 2 < LONGEST_PAUSE ? ${ttl:-45} / 2 : LONGEST_PAUSE))
  seconds=$(number_of heartbeatSeconds)
  pause "${seconds:-15}"
}

# A service that cannot write the goodbye just then asks to hear it again.
say_goodbye() {
  CALL_SECONDS=5
  tries=1
  call disconnect "{\"instanceId\":\"$instance\"}"
  while [ "$status" != 204 ] && [ "$status" != 401 ] && [ "$tries" -lt "$GOODBYE_TRIES" ]; do
    tries=$((tries + 1))
    sleep 1
    call disconnect "{\"instanceId\":\"$instance\"}"
  done
  [ "$status" != 204 ] || say 'disconnected'
}

stop() {
  trap '' INT TERM HUP
  [ -z "${sleeper:-}" ] || kill "$sleeper" 2>/dev/null
  # Also where it was not connected just then: a signal may come between a call and its answer.
  if [ -n "$reached" ]; then
    say_goodbye
  fi
  exit 0
}

# All of it is read before any of it runs, also through a pipe.
main() {
  command -v curl >/dev/null || die 'curl is needed'
  read_token
  instance=$(new_instance)
  connected=
  reached=
  sleeper=
  backoff=2
  longest=$LONGEST_PAUSE
  trap stop INT TERM HUP
  while :; do
    turn
  done
}

main
