import { ownAddress } from '../../address/addressApi';
import { useServiceAddress } from '../../address/useServiceAddress';
import { CopyButton } from '../../ui/CopyButton';
import { useServiceInfo } from '../../version/useServiceInfo';
import { newerAgent } from './newerAgent';

interface Props {
  version: string;
}

/** Which agent a machine runs, and how it gets a newer one where the service has one. */
export function AgentVersion({ version }: Props) {
  const newest = newerAgent(version, useServiceInfo()?.agent?.version);
  return (
    <>
      <bdi>{version}</bdi>
      {newest && <Update newest={newest} />}
    </>
  );
}

function Update({ newest }: { newest: string }) {
  const service = useServiceAddress()?.url ?? ownAddress();
  const command = `curl -fsSL ${service}/agent.sh -o agent.sh && sudo sh agent.sh install`;
  return (
    <details>
      <summary>{newest} is there: how to update</summary>
      <p>
        Run on the machine: <code>{command}</code> <CopyButton text={command} what="command" />
      </p>
      <p>It keeps its token and settings. Leave out sudo where it was installed without. One that was not installed is stopped, and started anew.</p>
    </details>
  );
}
