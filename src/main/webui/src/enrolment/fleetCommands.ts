interface Snippet {
  name: string;
  hint: string;
  text: string;
}

// Any image that has curl and a shell would do.
const IMAGE = 'docker.io/curlimages/curl';
const TOKEN_FILE = '/var/lib/machine-agent/token';

/** What lets machines register themselves with this key, by what starts the agent on them; `docs/fleets.md` says more of each. */
export function fleetCommands(key: string, service: string): readonly Snippet[] {
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
    { name: 'cloud-init', hint: 'User data: each machine registers itself at its first boot.', text: cloudInit(key, service) },
    { name: 'Compose', hint: 'Docker Compose: the host is the machine, and its token is in the volume.', text: compose(key, service) },
    { name: 'Kubernetes', hint: 'A DaemonSet: each node is a machine, and keeps its token.', text: daemonSet(key, service) },
  ];
}

function cloudInit(key: string, service: string): string {
  return `#cloud-config
runcmd:
  # As one text, which cloud-init writes into a script that only root can read.
  - curl -fsS --retry 5 ${service}/agent.sh -o /run/agent.sh && MACHINE_KEY=${key} sh /run/agent.sh install
`;
}

// The agent takes the place of the shell, so that it hears when its container is to end.
function start(service: string): string {
  return `'curl -fsSL -o /tmp/agent.sh ${service}/agent.sh && exec sh /tmp/agent.sh'`;
}

function compose(key: string, service: string): string {
  return `services:
  machine-agent:
    image: ${IMAGE}
    user: root
    uts: host
    restart: unless-stopped
    entrypoint: [sh, -c, ${start(service)}]
    environment:
      MACHINE_KEY: ${key}
      MACHINE_TOKEN_FILE: ${TOKEN_FILE}
    volumes:
      - machine-agent:/var/lib/machine-agent
volumes:
  machine-agent:
`;
}

function daemonSet(key: string, service: string): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: machine-agent
stringData:
  key: ${key}
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: machine-agent
spec:
  selector:
    matchLabels: {app: machine-agent}
  template:
    metadata:
      labels: {app: machine-agent}
    spec:
      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      containers:
        - name: agent
          image: ${IMAGE}
          securityContext: {runAsUser: 0}
          command: [sh, -c, ${start(service)}]
          env:
            - name: MACHINE_KEY
              valueFrom: {secretKeyRef: {name: machine-agent, key: key}}
            - name: MACHINE_TOKEN_FILE
              value: ${TOKEN_FILE}
          volumeMounts:
            - {name: state, mountPath: /var/lib/machine-agent}
      volumes:
        - name: state
          hostPath: {path: /var/lib/machine-agent, type: DirectoryOrCreate}
`;
}
