#!/bin/sh
# Gives the agent the address of its service, as the service itself does when it hands the agent out, and becomes it.
set -eu
STATE=/var/lib/machine-agent
service=${MACHINE_SERVICE:-}
while [ "${service%/}" != "$service" ]; do service=${service%/}; done

# The address becomes a part of a script: it may hold nothing that a shell reads as more than an address.
case $service in
  *[!][A-Za-z0-9.:/_~%-]*) service= ;;
  http://?* | https://?*) ;;
  *) service= ;;
esac
if [ -z "$service" ]; then
  echo 'MACHINE_SERVICE must be the address of the machine registry, such as https://machines.example.org' >&2
  exit 2
fi

# A key needs a file in which the machine keeps its own token. With neither a key nor a token this stays unset: the agent makes a claim.
if [ -n "${MACHINE_KEY:-}" ]; then
  export MACHINE_TOKEN_FILE="${MACHINE_TOKEN_FILE:-$STATE/token}"
fi
# Where the agent keeps the token of a claim, in a directory of its own name.
export XDG_STATE_HOME="${STATE%/*}"

sed "s|@SERVICE@|$service|" /usr/local/lib/machine-agent/agent.sh >/tmp/agent.sh
exec sh /tmp/agent.sh "$@"
