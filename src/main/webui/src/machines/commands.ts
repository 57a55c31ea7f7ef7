/** What to paste on a machine, by the way in which it shall run. */
export function commandsFor(token: string, service: string): { name: string; hint: string; command: string }[] {
  return [
    {
      name: 'Shell',
      hint: 'Runs until you stop it. Needs only curl.',
      command: `curl -fsSL ${service}/agent.sh | MACHINE_TOKEN=${token} sh`,
    },
    { name: 'systemd', hint: 'Installs a service that starts with the machine.', command: systemd(token, service) },
    { name: 'curl', hint: 'No agent: the requests themselves, for your own scripts.', command: curl(token, service) },
  ];
}

function systemd(token: string, service: string): string {
  return `sudo sh -s <<'EOF'
set -e
curl -fsSL ${service}/agent.sh -o /usr/local/lib/machine-agent.sh
install -m 600 /dev/null /etc/machine-agent.env
echo 'MACHINE_TOKEN=${token}' > /etc/machine-agent.env
cat > /etc/systemd/system/machine-agent.service <<'UNIT'
[Unit]
Description=Machine registry agent
Wants=network-online.target
After=network-online.target

[Service]
EnvironmentFile=/etc/machine-agent.env
ExecStart=/bin/sh /usr/local/lib/machine-agent.sh
Restart=on-failure
RestartPreventExitStatus=1
RestartSec=10
DynamicUser=yes

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now machine-agent
EOF`;
}

function curl(token: string, service: string): string {
  return `export MACHINE_TOKEN=${token}
curl -fsS -u "$MACHINE_TOKEN" -H 'Content-Type: application/json' \\
  -d "{\\"hostname\\":\\"$(hostname)\\",\\"rootDirectory\\":\\"$PWD\\"}" ${service}/api/agent/connect
while sleep 15; do
  curl -fsS -u "$MACHINE_TOKEN" -X POST ${service}/api/agent/heartbeat
done`;
}
