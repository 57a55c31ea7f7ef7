#!/bin/sh
# Keeps this machine online in the machine registry. Needs a POSIX shell and curl; `sh agent.sh --help` says how it is used.
#
# The token is never in the arguments of a program, which every user of a machine can read, nor in a file of this script's: it
# goes from `echo`, which every shell has built in (mksh and posh have no printf), through a pipe to curl. A here-document would
# be a temporary file in mksh, zsh and an older bash.

set -u
# Here, as in a function of zsh it is the function's name.
SELF=$0
SERVICE='@SERVICE@'
AGENT_VERSION='agent.sh 1.6'
SHORTEST_PAUSE=1
# With the time for a call, well under the silence after which a machine is offline.
LONGEST_PAUSE=25
CALL_SECONDS=10
GOODBYE_TRIES=3
# A machine that nobody has claimed asks so often, for an hour.
CLAIM_PAUSE=10
CLAIM_SECONDS=3600
# The service accepts no longer text.
LONGEST_TEXT=1024
MOST_ASSISTANTS=100000
# A beat waits so long for a command of MACHINE_ASSISTANTS that is slow, and goes on without it.
ASSISTANTS_PATIENCE=2
# Of an answer, so that one without an end fills no memory. Those of the service are far shorter.
LONGEST_ANSWER=65536
# Of the log: beyond it, it becomes the older one.
LONGEST_LOG=1048576
# Exit codes. The systemd unit starts the agent again after all of them but the first.
TOKEN_IS_NOT_GOOD=1
WRONG_USE=2
PROGRAM_MISSING=3
STATUS_UNKNOWN=4
CANNOT_INSTALL=5
# How this script ends: one that was cut off does not.
# shellcheck disable=SC2016 # It is a text.
LAST_LINE='main ${1+"$@"}'
# A second apart: longer than launchd waits for an agent that it stops.
BOOTSTRAP_TRIES=30
LAUNCHD_LABEL=org.machineregistry.agent
# Where an installed agent has its token: one of the machine, and one of a user, below the home.
MACHINE_SETTINGS=/etc/machine-agent/environment
# Where OpenRC and launchd write what the agent of the machine says.
SERVICE_LOG=/var/log/machine-agent.log
USER_SETTINGS=.config/machine-agent/environment

say() {
  [ -z "${MACHINE_LOG:-}" ] || bound_log
  printf '%s machine-agent: %s\n' "$(date '+%Y-%m-%dT%H:%M:%S')" "$*" >&2
}

# What is on standard error is written to the end of the log: it goes on in the same file, which whoever runs this may not rename.
bound_log() {
  log_bytes=$(wc -c 2>/dev/null <"$MACHINE_LOG") || return 0
  [ "$log_bytes" -gt "$LONGEST_LOG" ] || return 0
  # In a shell of its own: one that may not write there would end.
  cat "$MACHINE_LOG" >"$MACHINE_LOG.1" && (: >"$MACHINE_LOG")
  return 0
} 2>/dev/null

die() {
  exit_code=$1
  shift
  say "$*"
  [ -z "${place:-}" ] || end_assistants
  [ -z "${supervised:-}" ] || [ "$exit_code" != "$TOKEN_IS_NOT_GOOD" ] || exit_code=0
  exit "$exit_code"
}

usage() {
  printf '%s\n' \
    'Keeps this machine online in the machine registry at' \
    "$SERVICE" \
    'until it is stopped with Ctrl-C or kill, and then says goodbye.' \
    '' \
    '  sh agent.sh             prints a link; who opens it names the machine, and it is theirs' \
    '  MACHINE_TOKEN=<machineId>:<secret> sh agent.sh' \
    '  MACHINE_TOKEN_FILE=/etc/machine-token sh agent.sh' \
    '  MACHINE_KEY=mre_... MACHINE_TOKEN_FILE=/var/lib/machine-token sh agent.sh' \
    '' \
    '  sh agent.sh install     makes it a service that starts with the machine, as root; else with the user: it keeps the' \
    '                          token in a file that only that user can read. Without one it prints the link, and waits' \
    '  sh agent.sh uninstall   stops that service, and takes away all that install brought' \
    '  sh agent.sh status      asks whether the service is reached and the token good;' \
    '                          changes nothing about the machine, nor about an agent that runs' \
    '  sh agent.sh --help      says this' \
    '  sh agent.sh --version   says which agent this is, and of which service' \
    '' \
    'It is told by the environment:' \
    '  MACHINE_TOKEN           the token that the page showed; never an argument, which others could read' \
    '  MACHINE_TOKEN_FILE      a file with the token; the agent waits until it is there' \
    '  MACHINE_KEY             an enrolment key: with it a machine that is not registered yet makes a token, keeps it in' \
    '                          MACHINE_TOKEN_FILE, and registers itself' \
    '                          Without all three the machine makes a token, keeps it in a file of its own, and prints a link' \
    '                          with which somebody claims the machine; the secret stays here' \
    '  MACHINE_ASSISTANTS      a command that prints how many assistants run, or lists them: [{"id":"a1","state":"busy"}]' \
    '  MACHINE_INIT            systemd, openrc or launchd, where install does not see which it is' \
    '  DESTDIR                 the directory of an image that install shall write into; nothing is started then' \
    '  https_proxy, http_proxy, no_proxy, CURL_CA_BUNDLE' \
    '                          as curl knows them; ~/.curlrc is not read' \
    '' \
    'It ends with 0 when it was stopped, 1 when the token is not good or nobody claimed the machine, 2 when it was' \
    'called wrongly, 3 when there is no curl, or nothing that makes a SHA-256 for a claim; status also with 4 when it' \
    'could not find out, install and uninstall with 5 when they could not do it.'
}

# What a text on standard input holds between blanks and quotes. A token is ASCII: bytes beyond it are marks of an editor.
plain() {
  LC_ALL=C tr -d '\000\r\200-\377' | sed 's/^[[:blank:]"'\'']*//; s/[[:blank:]"'\'']*$//; /^$/d'
}

# Whether token looks like one: everything else could become more than a token in the configuration of curl.
is_token() {
  case $token in
    *:*:* | :* | *: | '') return 1 ;;
    *:*) ;;
    *) return 1 ;;
  esac
  [ "$(echo "$token" | LC_ALL=C tr -c 'A-Za-z0-9_:\n-' '?' | LC_ALL=C tr '\n' '/')" = "$token/" ]
}

# Sets token, or trouble to why the file holds none.
read_token_file() {
  token=
  if [ ! -e "$MACHINE_TOKEN_FILE" ]; then
    trouble="The token file $MACHINE_TOKEN_FILE is not there yet: write the token into it."
  elif [ ! -r "$MACHINE_TOKEN_FILE" ] || [ -d "$MACHINE_TOKEN_FILE" ]; then
    trouble="The token file $MACHINE_TOKEN_FILE cannot be read by $(id -un 2>/dev/null): let this user read it."
  else
    token=$(plain <"$MACHINE_TOKEN_FILE")
    trouble="What is in $MACHINE_TOKEN_FILE must look like <machineId>:<secret>: write the token into it, alone."
  fi
  is_token
}

read_token_variable() {
  token=$(echo "$given" | plain)
  is_token || die "$TOKEN_IS_NOT_GOOD" 'The token must look like <machineId>:<secret>: set MACHINE_TOKEN to what the page showed.'
}

# Whether key looks like one.
is_key() {
  case $key in
    mre_?*) ;;
    *) return 1 ;;
  esac
  [ "$(echo "$key" | LC_ALL=C tr -c 'A-Za-z0-9_.\n-' '?' | LC_ALL=C tr '\n' '/')" = "$key/" ]
}

# Sets token to one that this machine makes itself.
new_token() {
  token=$(random_text A-Za-z0-9_- 21):$(random_text A-Za-z0-9 40)
  # Where there is no /dev/urandom, nothing of it can be trusted to be random.
  [ "${#token}" = 62 ] || die "$CANNOT_INSTALL" 'This machine has no /dev/urandom (or no dd) to make a secret of.'
}

# Before the service knows it: a machine that ends in between asks again with the same token, and is the same machine. Not yet in
# the token file: what stands there was registered once, and a machine that was deleted must not come back by itself.
keep_new_token() {
  token=
  [ ! -s "$unregistered" ] || token=$(plain <"$unregistered")
  ! is_token || return 0
  new_token
  case $unregistered in
    */*) (umask 077 && mkdir -p "${unregistered%/*}") ;;
  esac
  (umask 077 && set -C && echo "$token" >"$unregistered") 2>/dev/null && return 0
  # Another agent that started at the same moment may have written one first: then that is the machine's.
  made=$token token=
  [ ! -s "$unregistered" ] || token=$(plain <"$unregistered")
  ! is_token || return 0
  token=$made
  (umask 077 && echo "$token" >"$unregistered") || die "$CANNOT_INSTALL" "The token file $unregistered cannot be written."
}

# With a key: the token of the file, or, where there is none yet, one of this machine's own that is to be enrolled.
find_own_token() {
  [ -n "${MACHINE_TOKEN_FILE:-}" ] || die "$WRONG_USE" \
    'MACHINE_KEY needs MACHINE_TOKEN_FILE: the file in which this machine keeps its own token, also when it starts again.'
  token_source=$MACHINE_TOKEN_FILE
  unregistered=$MACHINE_TOKEN_FILE.enrolling
  if [ -s "$MACHINE_TOKEN_FILE" ]; then
    # What somebody else wrote there is not written over.
    read_token_file || die "$TOKEN_IS_NOT_GOOD" "$trouble"
    return
  fi
  keep_new_token
  greeting=enrol
}

enrolled() {
  greeting=connect
  mv -f "$unregistered" "$MACHINE_TOKEN_FILE" ||
    say "The token stays in $unregistered, because $MACHINE_TOKEN_FILE cannot be written: see to that before the key expires."
}

# Sets own_file to where this machine keeps a token that it made for a claim.
find_own_file() {
  if [ "$(id -u)" = 0 ]; then
    state=/var/lib
  else
    state=${XDG_STATE_HOME:-${HOME:+$HOME/.local/state}}
  fi
  case $state in
    /*) own_file=$state/machine-agent/token ;;
    *) own_file= ;;
  esac
}

# Without token and key: this machine's own token, which somebody has claimed or is still to claim.
find_claim() {
  find_own_file
  [ -n "$own_file" ] || die "$TOKEN_IS_NOT_GOOD" \
    'There is no token, and no HOME to keep one in: set MACHINE_TOKEN, MACHINE_TOKEN_FILE or HOME; --help says more.'
  MACHINE_TOKEN_FILE=$own_file
  token_source=$own_file
  if [ -s "$own_file" ]; then
    # What somebody else wrote there is not written over.
    read_token_file || die "$TOKEN_IS_NOT_GOOD" "$trouble"
  else
    begin_claim
  fi
}

# Its token stays beside the file until it is claimed, as one does until it is enrolled.
begin_claim() {
  unregistered=$own_file.claiming
  # An install with a key may have registered the machine, though no answer came.
  if [ -n "$settings" ] && [ -s "$settings.enrolling" ]; then
    unregistered=$settings.enrolling
  fi
  claim_tenths=0
  claim_trouble=
  # Before anything is kept: without it there is no link.
  [ -n "$(echo | sha256)" ] || die "$PROGRAM_MISSING" \
    'A claim needs sha256sum, shasum or openssl, and none is here: install one, or set MACHINE_TOKEN or MACHINE_KEY.'
  keep_new_token
  claim_link="$SERVICE/app#claim=${token%%:*}.$(echo "${token#*:}" | tr -d '\n' | sha256 | base64url)"
  claiming=unseen
}

# The SHA-256 of standard input in hexadecimal digits, by whatever this system has; nothing where it has nothing.
sha256() {
  {
    if command -v sha256sum >/dev/null 2>&1; then
      sha256sum
    elif command -v shasum >/dev/null 2>&1; then
      shasum -a 256
    elif command -v openssl >/dev/null 2>&1; then
      openssl dgst -sha256
    fi
  } | LC_ALL=C sed -n 's/^\(.*[^0-9a-f]\)\{0,1\}\([0-9a-f]\{64\}\).*$/\2/p'
}

# Base64url without padding of the hexadecimal digits on standard input: they become bits, these numbers of six in octal digits,
# and those, from 0100 on, characters that tr knows. So no program is needed but those that are needed anyway.
base64url() {
  octal=$(LC_ALL=C sed '
    s/[0-9]/&_/g; s/[a-f]/&_/g
    s/0_/oooo/g; s/1_/oooi/g; s/2_/ooio/g; s/3_/ooii/g; s/4_/oioo/g; s/5_/oioi/g; s/6_/oiio/g; s/7_/oiii/g
    s/8_/iooo/g; s/9_/iooi/g; s/a_/ioio/g; s/b_/ioii/g; s/c_/iioo/g; s/d_/iioi/g; s/e_/iiio/g; s/f_/iiii/g
    s/$/oo/; s/.../&,/g
    s/ooo,/0/g; s/ooi,/1/g; s/oio,/2/g; s/oii,/3/g; s/ioo,/4/g; s/ioi,/5/g; s/iio,/6/g; s/iii,/7/g
    s/../\\1&/g')
  # shellcheck disable=SC2059 # It is made of nothing but escapes.
  printf "$octal" | LC_ALL=C tr '\100-\177' 'A-Za-z0-9+_' | LC_ALL=C sed 's/+/-/g'
}

# In groups, as the page shows it, so that two of them can be compared.
grouped() {
  echo "$1" | sed 's/..../& /g; s/ $//'
}

# Where a terminal is, a telephone can read the link from it.
show_claim() {
  claiming=seen
  hash=${claim_link##*.}
  say "nobody has claimed this machine yet. Whoever opens this link, signed in, and names the machine, has it in their list:"
  printf '\n  %s\n\n  machine  %s\n  hash     %s\n\n' "$claim_link" "$(grouped "${token%%:*}")" "$(grouped "$hash")" >&2
  if [ -t 1 ] && command -v qrencode >/dev/null 2>&1; then
    qrencode -t ANSIUTF8 -m 2 "$claim_link"
  fi
  say "waits for that for an hour, and asks each $CLAIM_PAUSE s; compare machine and hash with what the page shows"
}

# The service does not know this machine yet, or was not asked: shows the claim once, and waits.
unclaimed() {
  # Of seconds, by curl's watch: that of the machine may be set meanwhile.
  find_value took
  claim_tenths=$((claim_tenths + ${value:-0}))
  wait_for=$CLAIM_PAUSE
  trouble=
  if [ "$http" = 401 ] && is_problem; then
    [ "$claiming" = seen ] || show_claim
  else
    explain
    find_value retry
    [ "${value:-0}" -le "$CLAIM_PAUSE" ] || wait_for=$((value < 60 ? value : 60))
    [ "$trouble" = "$claim_trouble" ] || say "$trouble Trying again each $CLAIM_PAUSE s."
  fi
  claim_trouble=$trouble
  [ "$claim_tenths" -lt $((CLAIM_SECONDS * 10)) ] || die "$TOKEN_IS_NOT_GOOD" \
    "Nobody has claimed this machine within an hour. Start the agent again when somebody will: the link stays $claim_link"
  pause "$wait_for"
  claim_tenths=$((claim_tenths + wait_for * 10))
}

claimed() {
  claiming=
  mv -f "$unregistered" "$MACHINE_TOKEN_FILE" ||
    say "The token stays in $unregistered, because $MACHINE_TOKEN_FILE cannot be written."
}

await_token() {
  until read_token_file; do
    back_off
  done
}

find_token() {
  if [ -n "$given" ]; then
    read_token_variable
    token_source=MACHINE_TOKEN
  elif [ -n "$key" ]; then
    find_own_token
  elif [ -n "${MACHINE_TOKEN_FILE:-}" ]; then
    await_token
    token_source=$MACHINE_TOKEN_FILE
  else
    refuse_second_agent
    find_claim
  fi
}

# One machine is to be one in the list: an agent that is installed has a token already, or had.
refuse_second_agent() {
  for installed in "$MACHINE_SETTINGS" "${HOME:-}/$USER_SETTINGS"; do
    [ ! -e "$installed" ] || die "$TOKEN_IS_NOT_GOOD" "There is no token. An agent is installed here, whose token is in $installed: \
status asks how it is. To run another one beside it, set MACHINE_TOKEN."
  done
}

# So many random characters of a set.
random_text() {
  dd if=/dev/urandom bs=2048 count=1 2>/dev/null | LC_ALL=C tr -dc "$1" | cut -b "-$2"
}

# An id of this run of the agent: by it the service tells that two machines use one token.
new_instance() {
  made=$(random_text 0-9a-f 32)
  echo "${made:-$(date '+%Y%m%d%H%M%S')$$}"
}

# A number from 0 to one less than its argument.
random() {
  digits=$(random_text 0-9 4)
  echo $((1${digits:-$$} % $1))
}

# Prints a dot for each character of UTF-8 on standard input, and other things for what is not UTF-8: bytes become letters by what
# they may be in UTF-8, and then those that make up one character a dot.
dots() {
  # shellcheck disable=SC2020 # Letters stand for sets of bytes, and so come more than once.
  LC_ALL=C tr '\001-\177' . | LC_ALL=C tr \
    '\200-\217\220-\237\240-\277\300-\301\302-\337\340\341-\354\355\356-\357\360\361-\363\364\365-\377' \
    'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbcccccccccccccccccccccccccccccccc!!222222222222222222222222222222344444444444454467778!!!!!!!!!!!' |
    sed 's/2[abc]/./g; s/3c[abc]/./g; s/4[abc][abc]/./g; s/5[ab][abc]/./g
      s/6[bc][abc][abc]/./g; s/7[abc][abc][abc]/./g; s/8a[abc][abc]/./g'
}

# What a command prints, as one line that the service accepts, also where it is no UTF-8 or too long. What is no UTF-8 is never
# in a variable: yash would lose it.
accepted_text() {
  shape=$("$@" 2>/dev/null | LC_ALL=C tr -d '\000-\037\177' | dots)
  case $shape in
    *[!.]*) fits= ;;
    *) [ "${#shape}" -le "$LONGEST_TEXT" ] && fits=yes || fits= ;;
  esac
  if [ -n "$fits" ]; then
    "$@" 2>/dev/null | LC_ALL=C tr -d '\000-\037\177'
  else
    "$@" 2>/dev/null | LC_ALL=C tr -d '\000-\037\177' | LC_ALL=C tr '\200-\377' '?' | cut -b "-$LONGEST_TEXT"
  fi
}

# A member of JSON, with a comma before it: its name, and what a command prints.
text_member() {
  member=$1
  shift
  printf ',"%s":"' "$member"
  accepted_text "$@" | LC_ALL=C sed 's/\\/\\\\/g; s/"/\\"/g' | LC_ALL=C tr -d '\n'
  printf '"'
}

# Runs the command of MACHINE_ASSISTANTS. In the directory $1 it leaves what was printed, or that it took longer than $3 seconds after the
# first $2. A line on its standard output tells when whoever started it goes on: once there is a result, or after $2 seconds. What the
# command left running may hold its pipe open, so that the line $4 says where the output ends; what has no end, dd cuts off. Where $5 is
# setsid, the command leads a group of processes, by which all that it started is ended.
#
# It waits for all that it starts: in a container, the first process may wait for nobody.
# shellcheck disable=SC2016 # It is the text of another shell.
ASSISTANTS_RUNNER='
  place=$1
  apart=$5
  over=
  watch() {
    trap "kill \$nap; wait \$nap; exit" TERM
    sleep "$1" & nap=$!
    wait "$nap"
    (echo)
    sleep "$2" & nap=$!
    wait "$nap"
    [ -e "$place/printed" ] || echo >"$place/late"
    kill "$$"
  }
  # Of procps, which shells use that have no kill of their own, a negative number needs the two hyphens: it took one that begins with 1 for
  # all processes of the machine. The kill of busybox does not know them.
  end_command() {
    if [ -z "$apart" ]; then kill -KILL "$pid"
    elif kill -s 0 -- "$$"; then kill -s KILL -- "-$pid"
    else kill -KILL "-$pid"
    fi
  }
  trap over=yes TERM
  echo "$$" >"$place/leader" && mkfifo "$place/pipe" || exit
  watch "$2" "$3" &
  clock=$!
  dd bs=64 count=16384 <"$place/pipe" | {
    LC_ALL=C sed -n "/^$4\$/q; p" >"$place/printing" && mv -f "$place/printing" "$place/printed"
    (echo)
  } &
  exec 3>"$place/pipe"
  $apart sh -c "$MACHINE_ASSISTANTS" </dev/null >&3 3>&- &
  pid=$!
  [ -n "$over" ] || wait "$pid"
  end_command
  (echo; echo "$4") >&3
  exec 3>&-
  kill "$clock"
  wait'

# Sets place to a directory that nobody else can write in. Its name is new each time: others may know the name of an older one.
make_place() {
  name=machine-agent.$(random_text a-z0-9 20)
  # In yash, a variable of a loop is one of the function.
  for directory in "${TMPDIR:-/tmp}" /dev/shm; do
    place=$directory/$name
    (umask 077 && mkdir "$place" && echo >"$place/room") 2>/dev/null && return 0
    rm -rf "$place"
  done
  place=
  miss_assistants 'What MACHINE_ASSISTANTS prints can be kept nowhere: let TMPDIR name a directory in which this user may write.'
  return 1
}

start_assistants() {
  apart=
  ! command -v setsid >/dev/null || apart=setsid
  {
    MACHINE_ASSISTANTS=$MACHINE_ASSISTANTS sh -c "$ASSISTANTS_RUNNER" sh "$place" "$ASSISTANTS_PATIENCE" \
      $((CALL_SECONDS - ASSISTANTS_PATIENCE)) "${place##*.}" "$apart" &
    wait "$!"
  } </dev/null 2>/dev/null | read -r _ &
  # In the background, so that a signal is heard at once.
  wait "$!"
}

assistants_run() {
  read -r pid 2>/dev/null <"$place/leader" && kill -0 "$pid" 2>/dev/null
}

# Ends the command, with all that it started, before the agent ends.
end_assistants() {
  [ -n "$place" ] || return 0
  if [ ! -e "$place/printed" ] && [ ! -e "$place/late" ]; then
    # It may have begun just now.
    [ -e "$place/leader" ] || sleep 1
    if read -r pid 2>/dev/null <"$place/leader" && kill "$pid" 2>/dev/null; then
      for _ in 1 2 3; do
        ! kill -0 "$pid" 2>/dev/null || sleep 1
      done
    fi
  fi
  rm -rf "$place"
  place=
}

# Says once why the assistants are not known.
miss_assistants() {
  assistants=
  [ "$1" = "$assistants_trouble" ] || say "$1"
  assistants_trouble=$1
}

# Sets assistants to what MACHINE_ASSISTANTS prints: a number, or a list of JSON on one line; to nothing where it prints anything else,
# and to what it printed last while it is still at it.
find_assistants() {
  [ -n "${MACHINE_ASSISTANTS:-}" ] || return 0
  if [ -z "$place" ]; then
    make_place || return 0
    start_assistants
  fi
  if [ -e "$place/late" ]; then
    miss_assistants "MACHINE_ASSISTANTS took longer than $CALL_SECONDS s, and was ended with all that it had started: the machine \
stays online, and its assistants are not told until the command is faster."
  elif [ -e "$place/printed" ]; then
    assistants_trouble=
    read_assistants
  elif assistants_run; then
    return 0
  else
    miss_assistants "What MACHINE_ASSISTANTS prints could not be kept in $place: there may be no room."
  fi
  rm -rf "$place"
  place=
}

read_assistants() {
  # No string of JSON goes over the end of a line, so that what is blank there means nothing.
  assistants=$(head -c "$LONGEST_ANSWER" <"$place/printed" | LC_ALL=C tr -d '\000-\010\013-\037\177' |
    LC_ALL=C sed 's/^[[:blank:]]*//; s/[[:blank:]]*$//; s/^0*\([0-9]\)/\1/; /^$/d')
  case $assistants in
    \[*\]) assistants=$(printf '%s' "$assistants" | tr '\n' ' ') ;;
    *[!0-9]* | ???????*) assistants= ;;
  esac
}

is_assistant_list() {
  case $assistants in
    \[*) ;;
    *) return 1 ;;
  esac
}

assistant_count_member() {
  [ -z "$assistants" ] || is_assistant_list || [ "$assistants" -gt "$MOST_ASSISTANTS" ] ||
    printf ',"assistantCount":%s' "$assistants"
}

body_of() {
  printf '{"instanceId":"%s"' "$instance"
  [ "$1" != enrol ] || echo ",\"machineId\":\"${token%%:*}\",\"secret\":\"${token#*:}\"" | tr -d '\n'
  case $1 in
    connect | enrol)
      # As a program: a shell's own pwd may know better than the directory, and in yash loses what is no UTF-8.
      text_member rootDirectory env pwd -L
      text_member hostname uname -n
      text_member os uname -sr
      text_member arch uname -m
      [ -z "$(id -un 2>/dev/null)" ] || text_member user id -un
      text_member agentVersion echo "$AGENT_VERSION"
      assistant_count_member
      ;;
    heartbeat) assistant_count_member ;;
    assistants) printf ',"assistants":%s' "$assistants" ;;
  esac
  printf '}'
}

# What curl is told through its standard input. Its strings are quoted as those of JSON are.
configuration() {
  case $1 in
    enrol) echo "header = \"Authorization: Bearer $key\"" ;;
    *) echo "header = \"Authorization: Bearer $token\"" ;;
  esac
  [ "$1" != assistants ] || echo 'request = "PUT"'
  case $1 in
    socket) ;;
    *) body_of "$1" | LC_ALL=C sed 's/\\/\\\\/g; s/"/\\"/g; s/^/data-binary = "/; s/$/"/' ;;
  esac
}

# What matters of the headers and the body of an answer, one `name=value` a line; of bodies only JSON on a line of its own.
extract() {
  LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C sed -n '
    s/^[Rr]etry-[Aa]fter: *0*\([0-9]\{1,5\}\) *$/retry=\1/p
    s/^.*curl: ([0-9]*) /reason=/p
    s/^took=0*\([0-9]\{0,3\}\)[.,]\([0-9]\).*$/took=\1\2/p
    /^exit=/p; /^http=/p; /^type=/p; /^tunnel=/p; /^to=/p; /^connected=/p
    /^{.*}$/!d
    h
    s/^.*"machineId":"\([A-Za-z0-9_-]*\)".*$/machineId=\1/p; g
    s/^.*"heartbeatSeconds":\([0-9]\{1,5\}\)[,}].*$/heartbeat=\1/p; g
    s/^.*"ttlSeconds":\([0-9]\{1,5\}\)[,}].*$/ttl=\1/p; g
    s/^.*"status":\([0-9]\{3\}\)[,}].*$/status=\1/p; g
    s/^.*"title":"\([^"\\]*\)".*$/title=\1/p; g
    s/^.*"name":"\(\([^"\\]*\(\\.\)*\)*\)".*$/name=\1/
    /^name=/ { s/\\\(["\\/]\)/\1/g; p; }
    g
    s/^.*"detail":"\(\([^"\\]*\(\\.\)*\)*\)".*$/detail=\1/
    /^detail=/ { s/\\\(["\\/]\)/\1/g; p; }
    g
    s/^.*"violations":\[\(.*\)\].*$/violations=\1/
    /^violations=/ { s/"field":"\([^"]*\)","message":"\([^"]*\)"/\1 \2/g; s/[{}]//g; s/,/, /g; p; }'
}

# Sets value to the last of this name in the answer: what curl itself says comes after all that the other side said.
find_value() {
  case $answer in
    *"$newline$1="*)
      value=${answer##*"$newline$1="}
      value=${value%%"$newline"*}
      ;;
    *) value= ;;
  esac
}

# Asks the service, and sets answer, and what of it every judgement needs. Never follows a redirect, which would get the token.
call() {
  answer=$(configuration "$1" | {
    curl -q -g -sS -i -K - --max-time "$CALL_SECONDS" -A "$AGENT_VERSION" -H 'Content-Type: application/json' -H 'Expect:' \
      -w '\nhttp=%{http_code}\ntype=%{content_type}\ntunnel=%{http_connect}\nto=%{redirect_url}\nconnected=%{time_connect}\n'\
'took=%{time_total}\n' \
      "$SERVICE/api/agent/$1" 2>&1
    echo "exit=$?" 2>/dev/null
  } | head -c "$LONGEST_ANSWER" | extract)
  answer=$newline$answer$newline
  find_value exit
  curl_exit=$value
  find_value http
  http=${value:-000}
  find_value type
  type=$value
}

# Whether the answer is what the service says to this machine; nothing else turns it online.
is_welcome() {
  [ "$curl_exit" = 0 ] || return 1
  case $1-$http in
    *-200 | enrol-201) ;;
    *) return 1 ;;
  esac
  case $type in
    application/json | application/json\;*) ;;
    *) return 1 ;;
  esac
  if [ "$1" != heartbeat ]; then
    find_value machineId
    [ "$value" = "$machine" ] || return 1
  fi
  find_value ttl
  [ -n "$value" ] || return 1
  find_value heartbeat
  [ -n "$value" ]
}

# Whether the answer is a problem (RFC 9457) of the service, not a word of something in between.
is_problem() {
  [ "$curl_exit" = 0 ] || return 1
  case $type in
    application/problem+json | application/problem+json\;*) ;;
    *) return 1 ;;
  esac
  find_value title
  [ -n "$value" ] || return 1
  find_value status
  [ "$value" = "$http" ]
}

# Sets proxy to that which curl goes through, without its password, and by_proxy to words about it.
find_proxy() {
  case $SERVICE in
    https:*) proxy=${https_proxy:-${HTTPS_PROXY:-${all_proxy:-${ALL_PROXY:-}}}} ;;
    *) proxy=${http_proxy:-${all_proxy:-${ALL_PROXY:-}}} ;;
  esac
  proxy=${proxy#*://}
  proxy=${proxy##*@}
  by_proxy=
  if [ -n "$proxy" ] && [ -n "${no_proxy:-${NO_PROXY:-}}" ]; then
    by_proxy=", or at the proxy $proxy where no_proxy does not exempt it"
  elif [ -n "$proxy" ]; then
    by_proxy=" through the proxy $proxy (set no_proxy to go around it)"
  fi
}

# Sets trouble to why curl got no answer, and what helps.
explain_curl() {
  find_value reason
  reason=${value:-curl ended with ${curl_exit:-an endless answer}}
  case $curl_exit in
    5) trouble="The name of the proxy $proxy is not known: correct the proxy variable (https_proxy, http_proxy or all_proxy)." ;;
    6) trouble="The name in $SERVICE is not known here: check the name, and this machine's network and DNS." ;;
    7) trouble="Nothing answers at $SERVICE$by_proxy ($reason): check that it runs, and that no firewall is in between." ;;
    28) explain_silence ;;
    35) trouble="No TLS with $SERVICE$by_proxy ($reason): check that https is right there, and what stands in between." ;;
    51 | 58 | 60 | 66 | 77 | 80 | 82 | 83 | 90 | 91) explain_certificate ;;
    1 | 2 | 3 | 4 | 126 | 127) trouble="This curl cannot do what is needed ($reason): install a newer one, with TLS." ;;
    18 | 52 | 55 | 56 | 92 | 97)
      trouble="$SERVICE$by_proxy broke off before it had answered ($reason): check what stands in between\
${proxy:+, and whether the proxy wants a name and a password}."
      ;;
    '') trouble="What answers at $SERVICE$by_proxy does not end, and is not the machine registry: check the address." ;;
    *) trouble="No answer from $SERVICE$by_proxy ($reason): check the network." ;;
  esac
}

explain_silence() {
  find_value connected
  case $value in
    *[1-9]*)
      trouble="Something accepts connections at $SERVICE$by_proxy and says nothing for $CALL_SECONDS s: check that the service \
is well, and what stands in between."
      ;;
    *)
      trouble="No connection to $SERVICE$by_proxy within $CALL_SECONDS s: check the address, the network, and whether a firewall \
swallows it."
      ;;
  esac
}

explain_certificate() {
  case $reason in
    *expired* | *'not yet valid'*)
      trouble="The certificate of $SERVICE is out of its time ($reason): renew it, or set the clock of this machine, which says \
$(date)."
      ;;
    *'does not match'* | *'no alternative certificate'*)
      trouble="The certificate at $SERVICE is for another name ($reason): use the name that it is for."
      ;;
    *)
      trouble="TLS with $SERVICE$by_proxy is not trusted ($reason): if its certificate, or that of a proxy which looks into TLS, \
is by an authority of your own, name the authority's file in CURL_CA_BUNDLE."
      ;;
  esac
}

# Sets trouble to what the service itself says is wrong.
explain_problem() {
  find_value violations
  violations=${value:+ ($value)}
  find_value detail
  case $http in
    400)
      trouble="The service refuses what this machine says of itself: $value$violations If the agent is older than the service, \
download it anew."
      ;;
    *) trouble="The service answers $http: $value$violations" ;;
  esac
}

# Sets trouble to what something said that is not the service, and what helps.
explain_foreign() {
  what="${type:-nothing} with status $http instead of the service's JSON"
  case $http in
    3??)
      find_value to
      trouble="$SERVICE leads to ${value:-nowhere} ($http), where the token is not sent: if the service moved there, download \
the agent from there; if that is the sign-in page of a network, sign in."
      ;;
    401)
      trouble="A 401 that is not the service's: something before it$by_proxy wants a sign-in of its own. Let it pass on \
/api/agent/."
      ;;
    502 | 503 | 504)
      trouble="Something before the service answers in its place ($http)$by_proxy: check that the service runs and is reached \
from there."
      ;;
    200) explain_page ;;
    *) trouble="Got $what from $SERVICE$by_proxy: check the address, and what stands in between." ;;
  esac
}

explain_page() {
  case $type in
    text/html*)
      trouble="A web page came from $SERVICE$by_proxy instead of the service's JSON: if it is the sign-in page of this network \
(a captive portal), sign in with a browser; else check the address."
      ;;
    *) trouble="Got $what from $SERVICE$by_proxy: that is not the machine registry, or not this machine's; check the address." ;;
  esac
}

# Sets trouble to the cause of a failure, and its cure.
explain() {
  find_proxy
  find_value tunnel
  tunnel=${value:-000}
  if [ "$http" = 407 ] || [ "$tunnel" = 407 ]; then
    trouble="The proxy $proxy wants a name and a password (407): put them in the proxy variable, as in \
http://name:password@proxy:3128."
  elif [ "$tunnel" -ge 300 ]; then
    trouble="The proxy $proxy opens no way to $SERVICE ($tunnel): let it allow that, or keep the service from the proxy with \
no_proxy."
  elif [ "$curl_exit" != 0 ]; then
    explain_curl
  elif is_problem; then
    explain_problem
  else
    explain_foreign
  fi
}

# In the background, so that a signal is heard at once.
pause() {
  sleep "$1" &
  sleeper=$!
  wait "$sleeper"
  sleeper=
}

# Says what is wrong and waits: longer after each failure, and not as long as all others do; never so long that the machine goes
# offline for it.
back_off() {
  find_value retry
  wait_for=$((backoff / 2 + $(random $((backoff / 2 + 1))) + ${value:-0}))
  backoff=$((backoff * 2))
  [ "$backoff" -le "$longest" ] || backoff=$longest
  if [ "$wait_for" -gt "$longest" ]; then
    wait_for=$((longest / 2 + $(random $((longest / 2 + 1)))))
  fi
  wait_for=$((wait_for < SHORTEST_PAUSE ? SHORTEST_PAUSE : wait_for))
  say "$trouble Trying again in $wait_for s."
  pause "$wait_for"
}

# The service itself says that the token is not good. Another one may stand in the file by now; a pipe is read but once.
refused() {
  if [ "$greeting" = enrol ]; then
    find_value detail
    die "$TOKEN_IS_NOT_GOOD" "This machine could not enrol. ${value:-The enrolment key is not good.}"
  fi
  refused_token=$token
  if [ -z "$given" ] && [ ! -p "$MACHINE_TOKEN_FILE" ]; then
    await_token
  fi
  [ "$token" != "$refused_token" ] || die "$TOKEN_IS_NOT_GOOD" \
    "the token is not good (any more): the machine was deleted, or its token rotated. Get a new one on the page\
${own_file:+, or remove $own_file and start again to claim it anew}."
  machine=${token%%:*}
  trouble="The token was refused; another one stands in $token_source."
  back_off
}

failed() {
  connected=
  if [ -n "$claiming" ]; then
    unclaimed
  elif [ "$http" = 401 ] && is_problem; then
    refused
  else
    explain
    back_off
  fi
}

# Tells which assistants run, where that has changed. What the service refuses of them keeps no machine offline; whatever else is
# wrong, the next heartbeat finds out.
tell_assistants() {
  if ! is_assistant_list; then
    told_assistants=
    return 0
  fi
  [ "$assistants" != "$told_assistants" ] || return 0
  call assistants
  if [ "$curl_exit" = 0 ] && [ "$http" = 204 ]; then
    told_assistants=$assistants
  elif [ "$http" = 400 ] && is_problem; then
    told_assistants=$assistants
    explain
    say "$trouble The machine stays online, and its list of assistants as it was."
  fi
}

turn() {
  find_assistants
  if [ -z "$connected" ]; then
    told_assistants=
    reached=yes
    call "$greeting"
    is_welcome "$greeting" || { failed; return; }
    connected=yes
    [ "$greeting" = connect ] || enrolled
    [ -z "$claiming" ] || claimed
    find_value name
    name=$value
    find_value heartbeat
    say "online as $name, with a heartbeat each $value s"
  else
    call heartbeat
    is_welcome heartbeat || { failed; return; }
  fi
  backoff=2
  find_value ttl
  longest=$((value / 2 < LONGEST_PAUSE ? value / 2 : LONGEST_PAUSE))
  find_value heartbeat
  beat=$((value < SHORTEST_PAUSE ? SHORTEST_PAUSE : value))
  tell_assistants
  pause "$beat"
}

# A service that cannot write the goodbye just then asks to hear it again.
say_goodbye() {
  CALL_SECONDS=5
  tries=1
  call disconnect
  # What was silent before is not waited for again: whoever stops the agent waits, too.
  while [ "$http" != 204 ] && [ "$http" != 401 ] && [ "$tries" -lt "$GOODBYE_TRIES" ] &&
    { [ -n "$connected" ] || [ "$curl_exit" != 28 ]; }; do
    tries=$((tries + 1))
    sleep 1
    call disconnect
  done
  if [ "$http" = 204 ] && [ "$curl_exit" = 0 ] && [ -z "$type" ]; then
    say 'disconnected'
  else
    explain
    say "stopped; nobody heard the goodbye. $trouble"
  fi
}

stop() {
  trap '' INT TERM HUP
  [ -z "${sleeper:-}" ] || kill "$sleeper" 2>/dev/null
  end_assistants
  # Also where it was not connected just then: a signal may come between a call and its answer.
  if [ -n "$claiming" ]; then
    say 'stopped; started again, it goes on with the same link'
  elif [ -n "$reached" ]; then
    say_goodbye
  fi
  exit 0
}

# Over plain HTTP, whoever is on the way can read the token.
warn_of_plain_http() {
  case $SERVICE in
    https:* | http://localhost | http://localhost[:/]* | http://127.* | http://\[::1\]*) ;;
    *) say "$SERVICE is plain http: everybody on the way can read the token. Use https where there is a way." ;;
  esac
}

run() {
  say "$AGENT_VERSION for $SERVICE"
  warn_of_plain_http
  instance=$(new_instance)
  trap stop INT TERM HUP
  find_token
  machine=${token%%:*}
  say "connects the machine $machine with the token from $token_source; Ctrl-C stops it"
  while :; do
    turn
  done
}

# The address of the socket authenticates a machine, and without an upgrade does nothing else: 426.
show_status() {
  printf 'agent    %s\nservice  %s\n' "$AGENT_VERSION" "$SERVICE"
  find_places
  use_installed_settings
  find_token_now
  printf 'machine  %s\n' "${token%%:*}"
  call socket
  if [ "$http" = 426 ] && is_problem; then
    printf 'status   The service is reached, and the token is good.\n'
  elif [ -n "$claiming" ] && [ "$http" = 401 ] && is_problem; then
    printf 'status   The service is reached, and nobody has claimed this machine yet. Open this link:\n%s\n' "$claim_link"
    exit "$TOKEN_IS_NOT_GOOD"
  elif [ "$http" = 401 ] && is_problem; then
    printf 'status   The service is reached, and the token is not good (any more). Get a new one on the page.\n'
    exit "$TOKEN_IS_NOT_GOOD"
  else
    explain
    printf 'status   %s\n' "$trouble"
    exit "$STATUS_UNKNOWN"
  fi
}

# Sets token at once, without waiting for a file: to the one that is given, or that of the installed agent.
find_token_now() {
  token_source=
  if [ -n "$given" ]; then
    read_token_variable
    token_source=MACHINE_TOKEN
  elif [ -n "${MACHINE_TOKEN_FILE:-}" ]; then
    read_token_file || die "$TOKEN_IS_NOT_GOOD" "$trouble"
    token_source=$MACHINE_TOKEN_FILE
  elif [ -r "$root$settings" ]; then
    token=$(sh -c '. "$1" && echo "$MACHINE_TOKEN"' sh "$root$settings")
    is_token || die "$TOKEN_IS_NOT_GOOD" "What is in $root$settings holds no token: install the agent anew, with a token."
  elif [ -z "$root" ] && has_own_token; then
    find_claim
  else
    die "$TOKEN_IS_NOT_GOOD" "There is no token: set MACHINE_TOKEN or MACHINE_TOKEN_FILE; --help says more. That of an agent \
which root installed, only root can read."
  fi
}

# Whether somebody claimed this machine when the agent ran by hand.
was_claimed() {
  find_own_file
  [ -s "$own_file" ]
}

has_own_token() {
  find_own_file
  [ -s "$own_file" ] || [ -s "$own_file.claiming" ]
}

# Sets where the installed agent is: of the machine for root, or in an image, else of this user.
find_places() {
  root=${DESTDIR:-}
  owner=user
  if [ -n "$root" ] || [ "$(id -u)" = 0 ]; then
    owner=machine
    library=/usr/local/lib/machine-agent
    settings=$MACHINE_SETTINGS
  else
    case ${HOME:-} in
      /*) ;;
      *) die "$CANNOT_INSTALL" 'HOME does not name a directory: run this as a user who has one, or as root.' ;;
    esac
    library=$HOME/.local/lib/machine-agent
    settings=$HOME/$USER_SETTINGS
  fi
}

# Sets manager to what starts services here, and unit to the file that it reads.
find_manager() {
  manager=${MACHINE_INIT:-}
  if [ -n "$manager" ]; then
    :
  elif [ -d "$root/run/systemd/system" ] || { [ -n "$root" ] && [ -e "$root/usr/lib/systemd/systemd" ]; }; then
    manager=systemd
  elif [ -x "$root/sbin/openrc-run" ]; then
    manager=openrc
  elif [ -x "$root/bin/launchctl" ]; then
    manager=launchd
  fi
  case $manager-$owner in
    systemd-machine) unit=/etc/systemd/system/machine-agent.service ;;
    systemd-*) unit=$HOME/.config/systemd/user/machine-agent.service ;;
    openrc-machine) unit=/etc/init.d/machine-agent ;;
    openrc-*) die "$CANNOT_INSTALL" 'OpenRC starts services of the machine only: run this as root.' ;;
    launchd-machine) unit=/Library/LaunchDaemons/$LAUNCHD_LABEL.plist ;;
    launchd-*) unit=$HOME/Library/LaunchAgents/$LAUNCHD_LABEL.plist ;;
    -*)
      die "$CANNOT_INSTALL" "Neither systemd, OpenRC nor launchd runs here: let what starts services on this machine run \
MACHINE_TOKEN_FILE=<file> sh agent.sh, or name one of them in MACHINE_INIT."
      ;;
    *) die "$WRONG_USE" "MACHINE_INIT is $manager, and must be systemd, openrc or launchd." ;;
  esac
}

# What is on standard input becomes this file, whole or not at all, with this mode; no other user can read it before that.
write_file() {
  if ! { (umask 022 && mkdir -p "$root${1%/*}") && (umask 077 && cat >"$root$1.new") && chmod "$2" "$root$1.new" &&
    mv -f "$root$1.new" "$root$1"; }; then
    die "$CANNOT_INSTALL" "$root$1 cannot be written."
  fi
}

# A variable in the one form that systemd and all shells read alike.
setting() {
  case $2 in
    '') ;;
    *"'"* | *\\* | *"$newline"*)
      die "$CANNOT_INSTALL" "$1 holds a quote, a backslash or more than a line: install without it, and write it into $settings."
      ;;
    *) echo "$1='$2'" ;;
  esac
}

# Calls the function $1 with each name of what the installed agent is told besides its token.
each_setting() {
  for setting_name in MACHINE_ASSISTANTS http_proxy https_proxy all_proxy no_proxy CURL_CA_BUNDLE; do
    "$1" "$setting_name"
  done
}

# Whether a setting is in the environment, also as nothing; sets value to it, and capitals to its other name, where curl knows one.
is_set() {
  case $1 in
    https_proxy) capitals=HTTPS_PROXY ;;
    all_proxy) capitals=ALL_PROXY ;;
    no_proxy) capitals=NO_PROXY ;;
    *) capitals=$1 ;;
  esac
  eval "value=\${$1:-\${$capitals:-}}; [ -n \"\${$1+set}\${$capitals+set}\" ]"
}

print_where_set() {
  ! is_set "$1" || setting "$1" "$value"
}

# Prints commands of sed that take a setting away which is in the environment.
drop_where_set() {
  ! is_set "$1" || printf '/^[[:blank:]]*%s=/d\n/^[[:blank:]]*%s=/d\n' "$1" "$capitals"
}

# Sets given_settings to what stands in the environment, and dropped to what that takes away from the settings of the installed agent.
# Before those become part of the environment: they are to stay as they are written there.
read_settings() {
  given_settings=$(each_setting print_where_set) || exit
  dropped=$(each_setting drop_where_set)
}

# What is not in the environment is as the installed agent has it: it may be the only way to the service.
use_setting() {
  ! is_set "$1" || return 0
  # shellcheck disable=SC2016 # The names are put in by the other shell.
  value=$(sh -c '. "$1" >/dev/null 2>&1; eval "echo \"\${$2:-\${$3:-}}\""' sh "$settings" "$1" "$capitals" 2>/dev/null)
  [ -z "$value" ] || eval "$1=\$value; export $1"
}

use_installed_settings() {
  [ -n "$root" ] || [ ! -r "$settings" ] || each_setting use_setting
}

# The settings that are installed, with what is given now in the place of what was. A file may end within a line, and cut ends it.
settings_text() {
  if [ -e "$root$settings" ]; then
    cut -b 1- "$root$settings" | LC_ALL=C sed "/^[[:blank:]]*MACHINE_TOKEN=/d
$dropped"
  else
    echo '# What the agent is told. Where install is given a token or a setting, it changes that line.'
  fi
  setting MACHINE_TOKEN "$token"
  [ -z "$given_settings" ] || echo "$given_settings"
}

# What would keep the settings from being written is found before the machine is registered or claimed.
check_settings() {
  token=
  settings_text | sh -n 2>/dev/null || die "$CANNOT_INSTALL" "What is in $root$settings cannot be changed line by line: change it by \
hand, or remove it."
}

# Sets script to this script, also where it came through a pipe and is no file. What comes from the service must be an agent, and all
# of it: the sign-in page of a network would be installed else, or what a connection brought before it broke off.
find_script() {
  if [ -f "$SELF" ] && grep -q "^AGENT_VERSION='$AGENT_VERSION'" "$SELF"; then
    script=$(cat "$SELF")
    return
  fi
  script=$(curl -q -gfsS --max-time 60 "$SERVICE/agent.sh")
  [ -n "$script" ] || die "$CANNOT_INSTALL" "The agent could not be downloaded from $SERVICE, and nothing was installed."
  case $script in
    *"$newline"AGENT_VERSION=\'agent.sh\ *"$newline$LAST_LINE") ;;
    *)
      die "$CANNOT_INSTALL" "What came from $SERVICE/agent.sh is not the agent, or not all of it, and nothing was installed: if it is the \
sign-in page of this network (a captive portal), sign in with a browser; else check the address."
      ;;
  esac
}

systemd_text() {
  printf '%s\n' '[Unit]' 'Description=Machine registry agent'
  [ "$owner" = user ] || printf '%s\n' 'Wants=network-online.target' 'After=network-online.target'
  printf '%s\n' '' '[Service]' 'Restart=on-failure' "RestartPreventExitStatus=$TOKEN_IS_NOT_GOOD" 'RestartSec=10'
  if [ "$owner" = machine ]; then
    printf '%s\n' "EnvironmentFile=$settings" "ExecStart=/bin/sh $library/agent.sh" 'DynamicUser=yes' '' \
      '[Install]' 'WantedBy=multi-user.target'
  else
    # A home can hold what would have to be quoted here.
    printf '%s\n' 'EnvironmentFile=%h/.config/machine-agent/environment' 'ExecStart=/bin/sh %h/.local/lib/machine-agent/agent.sh' '' \
      '[Install]' 'WantedBy=default.target'
  fi
}

# OpenRC starts again whatever has ended, also what the service refuses for good: so it gives up after three ends in a minute.
openrc_text() {
  printf '%s\n' '#!/sbin/openrc-run' 'description="Machine registry agent"' 'supervisor=supervise-daemon' 'command=/bin/sh' \
    "command_args=$library/agent.sh" 'command_user=nobody' 'respawn_delay=10' 'respawn_max=2' 'respawn_period=60' \
    "error_log=$SERVICE_LOG" '' 'depend() {' '  need net' '  use dns' '}' '' 'start_pre() {' \
    "  checkpath -f -m 0640 -o nobody $SERVICE_LOG $SERVICE_LOG.1" '  set -a' "  . $settings" "  MACHINE_LOG=$SERVICE_LOG" '  set +a' '}'
}

# The token is in the file that the shell reads: what stands in a property list, every user can ask launchd for.
launchd_text() {
  if [ "$owner" = machine ]; then
    start="set -a; . $settings; MACHINE_LOG=$SERVICE_LOG; exec /bin/sh $library/agent.sh service"
    log=$SERVICE_LOG
  else
    # shellcheck disable=SC2016 # The home is that of when it starts.
    start='set -a; . "$HOME/.config/machine-agent/environment"; exec /bin/sh "$HOME/.local/lib/machine-agent/agent.sh" service'
    log=/dev/null
  fi
  printf '%s\n' '<?xml version="1.0" encoding="UTF-8"?>' \
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">' \
    '<plist version="1.0">' '<dict>' "  <key>Label</key><string>$LAUNCHD_LABEL</string>" '  <key>ProgramArguments</key>' \
    "  <array><string>/bin/sh</string><string>-c</string><string>$start</string></array>" \
    '  <key>RunAtLoad</key><true/>' '  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>' \
    '  <key>ThrottleInterval</key><integer>30</integer>' "  <key>StandardErrorPath</key><string>$log</string>" \
    '</dict>' '</plist>'
}

unit_text() {
  case $manager in
    systemd) systemd_text ;;
    openrc) openrc_text ;;
    launchd) launchd_text ;;
  esac
}

# In an image, where nothing runs that could be told: the links that starting with the machine comes down to.
enable_in_image() {
  case $unit in
    /etc/systemd/*) link=/etc/systemd/system/multi-user.target.wants/machine-agent.service ;;
    /etc/init.d/*) link=/etc/runlevels/default/machine-agent ;;
    *) return 0 ;;
  esac
  if ! { mkdir -p "$root${link%/*}" && ln -sf "$unit" "$root$link"; }; then
    die "$CANNOT_INSTALL" "$root$link cannot be made."
  fi
}

# systemctl for the machine or for this user.
systemd() {
  if [ "$owner" = machine ]; then systemctl "$@"; else systemctl --user "$@"; fi
}

launchd_domain() {
  if [ "$owner" = machine ]; then echo system; else echo "gui/$(id -u)"; fi
}

# launchd stops an agent behind bootout, which takes as long as the goodbye, and takes no other of that name until then.
bootstrap() {
  tries=1
  until [ "$tries" = "$BOOTSTRAP_TRIES" ] || launchctl bootstrap "$(launchd_domain)" "$unit" 2>/dev/null; do
    tries=$((tries + 1))
    sleep 1
  done
  # The last time it says why.
  [ "$tries" -lt "$BOOTSTRAP_TRIES" ] || launchctl bootstrap "$(launchd_domain)" "$unit"
}

start_service() {
  case $manager in
    systemd)
      { systemd daemon-reload && systemd enable --quiet machine-agent && systemd restart machine-agent; } || return 1
      # Without it, a user's services end when the user signs out.
      [ "$owner" = machine ] || loginctl enable-linger 2>/dev/null ||
        say "it runs only while $(id -un) is signed in: an administrator changes that with loginctl enable-linger $(id -un)."
      ;;
    openrc) rc-update -q add machine-agent default && rc-service machine-agent restart ;;
    launchd)
      launchctl bootout "$(launchd_domain)/$LAUNCHD_LABEL" 2>/dev/null
      bootstrap
      ;;
  esac
}

stop_service() {
  case $manager in
    systemd) systemd disable --quiet --now machine-agent ;;
    openrc)
      rc-service machine-agent stop
      rc-update -q del machine-agent default
      ;;
    launchd) launchctl bootout "$(launchd_domain)/$LAUNCHD_LABEL" ;;
  esac
}

# With a key, the machine registers itself before anything is installed: what would have to be tried for long belongs into no install.
# $1 is where it may have kept a token before.
enrol_now() {
  [ -z "$root" ] || die "$WRONG_USE" 'An image of many machines must hold no token: install the agent where the machine runs.'
  instance=$(new_instance)
  # A token that this machine made and nobody answered for yet may be registered by now: with another one it would have a twin.
  find_own_file
  unregistered=$settings.enrolling
  for made_before in "$settings.enrolling" "$1" "${own_file:+$own_file.enrolling}" "${own_file:+$own_file.claiming}"; do
    [ ! -s "$made_before" ] || { unregistered=$made_before; break; }
  done
  keep_new_token
  machine=${token%%:*}
  call enrol
  is_welcome enrol || {
    explain
    die "$CANNOT_INSTALL" "This machine could not enrol, and nothing was installed. $trouble"
  }
  token_source=MACHINE_KEY
}

# Without token and key, the person who installs it claims the machine first, or has it claimed: what is installed is online. A token
# that was claimed before, when the agent ran by hand, is moved.
claim_now() {
  find_claim
  token_source=$own_file
  machine=${token%%:*}
  instance=$(new_instance)
  [ -n "$claiming" ] || {
    unregistered=$own_file
    try_token
    return
  }
  trap stop_install INT TERM HUP
  while call socket && ! { [ "$http" = 426 ] && is_problem; }; do
    unclaimed
  done
  trap - INT TERM HUP
  claiming=
  say "the machine $machine is claimed"
}

stop_install() {
  [ -z "$sleeper" ] || kill "$sleeper" 2>/dev/null
  die "$CANNOT_INSTALL" 'Stopped before the machine was claimed, and nothing was installed. Started again, it goes on with the same link.'
}

# A token that the service refuses is not installed; a service that cannot be reached yet, the agent waits for.
try_token() {
  machine=${token%%:*}
  call socket
  if [ "$http" = 401 ] && is_problem; then
    die "$TOKEN_IS_NOT_GOOD" "The token is not good (any more), and nothing was installed. Get a new one on the page\
${own_file:+, or remove $own_file and start again to claim it anew}."
  elif ! { [ "$http" = 426 ] && is_problem; }; then
    explain
    say "The service is not reached yet: $trouble"
  fi
}

# Sets token, and token_source to where it is from; to nothing where the installed agent keeps its own. A key is for a machine that has
# no token yet: one that has is registered, and would have a twin.
choose_token() {
  unregistered=
  enrolling=
  if [ -n "$key" ] && [ -n "${MACHINE_TOKEN_FILE:-}" ] && [ ! -p "$MACHINE_TOKEN_FILE" ] && [ ! -s "$MACHINE_TOKEN_FILE" ]; then
    enrolling=$MACHINE_TOKEN_FILE.enrolling
    MACHINE_TOKEN_FILE=
  fi
  if [ -n "$given${MACHINE_TOKEN_FILE:-}" ] || [ -e "$root$settings" ]; then
    find_token_now
    try_token
  elif [ -n "$key" ] && { [ -n "$root" ] || ! was_claimed; }; then
    enrol_now "$enrolling"
  elif [ -z "$root" ]; then
    claim_now
  else
    find_token_now
  fi
}

install_agent() {
  find_places
  find_manager
  read_settings
  check_settings
  use_installed_settings
  find_script
  choose_token
  # An agent that is installed anew without a token keeps its own, and what was changed in its settings.
  if [ -n "$token_source" ]; then
    settings_text | write_file "$settings" 600 || exit
    [ -z "$unregistered" ] || rm -f "$unregistered"
  fi
  printf '%s\n' "$script" | write_file "$library/agent.sh" 755 || exit
  mode=644
  [ "$manager" != openrc ] || mode=755
  unit_text | write_file "$unit" "$mode" || exit
  if [ -n "$root" ]; then
    enable_in_image
    say "installed in $root: the machine ${token%%:*} connects when it starts"
  elif start_service; then
    say "installed by $manager, and started: the machine ${token%%:*} starts with it from now on; its settings are in $settings"
  else
    die "$CANNOT_INSTALL" "It is installed, and $manager could not start it: what it says above tells why."
  fi
}

# What an install that was cut off has left is taken away, too. What is of the machine is not a user's to take away.
uninstall_agent() {
  find_places
  find_manager
  set -- "$root$unit" "$root$library" "$root${settings%/*}"
  [ "$owner" = user ] || set -- "$@" "$root/etc/systemd/system/multi-user.target.wants/machine-agent.service" \
    "$root/etc/runlevels/default/machine-agent" "$root$SERVICE_LOG" "$root$SERVICE_LOG.1"
  installed=
  for piece; do
    # A link of an image leads to where the file will be.
    { [ ! -e "$piece" ] && [ ! -h "$piece" ]; } || installed=yes
  done
  if [ -z "$installed" ]; then
    say 'no agent is installed here'
    return
  fi
  if [ -z "$root" ] && { [ -e "$unit" ] || [ -e "$library" ]; }; then
    stop_service || say "$manager could not stop it, or it did not run"
  fi
  rm -rf "$@" || die "$CANNOT_INSTALL" 'Not all of it could be taken away.'
  [ -n "$root" ] || [ "$manager" != systemd ] || systemd daemon-reload
  say 'uninstalled; the machine stays in the list until it is deleted there'
}

# All of it is read before any of it runs, also through a pipe.
main() {
  # Variables of these names may come from outside, and would then be told to every program, as the token must not be.
  unset token given key refused_token claim_link hash
  given=${MACHINE_TOKEN:-}
  key=${MACHINE_KEY:-}
  unset MACHINE_TOKEN MACHINE_KEY
  key=$(echo "$key" | plain)
  [ -z "$key" ] || is_key || die "$WRONG_USE" 'MACHINE_KEY must look like mre_...: set it to the enrolment key that the page showed.'
  greeting=connect
  claiming=
  own_file=
  settings=
  supervised=
  newline='
'
  answer=
  assistants=
  assistants_trouble=
  place=
  connected=
  reached=
  sleeper=
  backoff=2
  longest=$LONGEST_PAUSE
  case ${1:-run} in
    -h | --help | help)
      usage
      return
      ;;
    -V | --version)
      printf '%s for %s\n' "$AGENT_VERSION" "$SERVICE"
      return
      ;;
    run | service | status | install | uninstall) ;;
    *) die "$WRONG_USE" 'This is no command of the agent: --help names them. A token does not belong into the arguments.' ;;
  esac
  [ "$#" -le 1 ] || die "$WRONG_USE" 'One command at most, please: run, install, uninstall, status, --help or --version.'
  [ "${1:-run}" = uninstall ] || command -v curl >/dev/null || die "$PROGRAM_MISSING" \
    'curl is needed and not here: install the package curl. wget cannot keep the token out of its arguments.'
  case ${1:-run} in
    run) run ;;
    service)
      # Whoever starts it again unless it ended with 0, as launchd does, is not to start again what the service refuses for good.
      supervised=yes
      run
      ;;
    status) show_status ;;
    install) install_agent ;;
    uninstall) uninstall_agent ;;
  esac
}

# posh knows no "$@" where there are no arguments.
main ${1+"$@"}
