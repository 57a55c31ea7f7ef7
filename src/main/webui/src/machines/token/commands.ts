/** What to paste on a machine, by the way in which it shall run. */
export function commandsFor(token: string, service: string): { name: string; hint: string; command: string }[] {
  return [
    {
      name: 'Shell',
      hint: 'Runs until you stop it. Needs only curl.',
      command: `curl -fsSL ${service}/agent.sh | MACHINE_TOKEN=${token} sh`,
    },
    { name: 'Service', hint: 'Starts with the machine: systemd, OpenRC or launchd.', command: install(token, service) },
    { name: 'curl', hint: 'No agent: the requests themselves, for your own scripts.', command: curl(token, service) },
    { name: 'Windows', hint: 'In PowerShell as an administrator: a task that starts with Windows.', command: task(token, service) },
  ];
}

// The token goes through a pipe: the arguments of sudo every user of the machine could read.
function install(token: string, service: string): string {
  return `curl -fsSL ${service}/agent.sh -o agent.sh
echo '${token}' | sudo env MACHINE_TOKEN_FILE=/dev/stdin sh agent.sh install`;
}

function curl(token: string, service: string): string {
  return `export MACHINE_TOKEN=${token}
curl -fsS -u "$MACHINE_TOKEN" -H 'Content-Type: application/json' \\
  -d "{\\"hostname\\":\\"$(hostname)\\",\\"rootDirectory\\":\\"$PWD\\"}" ${service}/api/agent/connect
while sleep 15; do
  curl -fsS -u "$MACHINE_TOKEN" -X POST ${service}/api/agent/heartbeat
done`;
}

function task(token: string, service: string): string {
  return `Invoke-WebRequest -UseBasicParsing ${service}/agent.ps1 -OutFile agent.ps1
$env:MACHINE_TOKEN = '${token}'
powershell -ExecutionPolicy Bypass -File agent.ps1 install`;
}
