import ansible from './snippets/ansible.yaml?raw';
import cloudInit from './snippets/cloud-init.yaml?raw';
import compose from './snippets/compose.yaml?raw';
import daemonSet from './snippets/daemonset.yaml?raw';

interface Snippet {
  name: string;
  hint: string;
  text: string;
}

const ADDRESS = 'https://machines.example.org';
const KEY = 'mre_…';
const KEY_FROM_OUTSIDE = '${MACHINE_KEY:?is needed}';
const KEY_OF_A_VAULT = '"{{ machine_key }}"';

/**
 * What lets machines register themselves with this key, by what starts the agent on them. The longer ones are those of `docs/fleets.md`, which
 * are tested there, with key and address filled in.
 */
export function fleetCommands(key: string, service: string): readonly Snippet[] {
  const filled = (snippet: string) => snippet.replaceAll(ADDRESS, () => service).replaceAll(KEY, () => key);
  return [
    {
      name: 'Shell',
      hint: 'Runs until you stop it, and keeps the machine’s own token for the next time. Needs only curl.',
      text: `curl -fsSL ${service}/agent.sh | MACHINE_KEY=${key} MACHINE_TOKEN_FILE="$HOME/.machine-token" sh`,
    },
    {
      name: 'Service',
      hint: 'As root. Starts with the machine: systemd, OpenRC or launchd.',
      text: `curl -fsSL ${service}/agent.sh | MACHINE_KEY=${key} sh -s install`,
    },
    { name: 'cloud-init', hint: 'User data: each machine registers itself at its first boot.', text: filled(cloudInit) },
    {
      name: 'Ansible',
      hint: 'A playbook that carries the key: encrypt it with ansible-vault, or keep the key in a variable of a vault.',
      text: filled(ansible.replace(KEY_OF_A_VAULT, KEY)),
    },
    {
      name: 'Compose',
      hint: 'Docker Compose: the host is the machine, and its token is in the volume.',
      text: filled(compose.replace(KEY_FROM_OUTSIDE, KEY)),
    },
    { name: 'Kubernetes', hint: 'A DaemonSet: each node is a machine, and keeps its token.', text: filled(SECRET + daemonSet) },
  ];
}

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: machine-agent
stringData:
  MACHINE_KEY: ${KEY}
---
`;
