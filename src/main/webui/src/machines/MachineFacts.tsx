import type { ReactNode } from 'react';

import { CopyButton } from '../ui/CopyButton';
import { RelativeTime } from '../ui/RelativeTime';
import { LastSeen } from './LastSeen';
import styles from './MachineFacts.module.css';
import type { Machine } from './types';
import { useMachineDetails } from './useMachineDetails';

interface Props {
  machine: Machine;
}

export function MachineFacts({ machine }: Props) {
  const { details, error } = useMachineDetails(machine);
  const facts: [term: string, fact: ReactNode][] = [
    ['Last seen', <LastSeen key="seen" machine={machine} />],
    ['Assistants', machine.assistantCount.toLocaleString()],
    ['Host', details?.hostname],
    ['Root directory', details?.rootDirectory && <code>{details.rootDirectory}</code>],
    ['System', details?.os],
    ['Agent version', details?.agentVersion],
    ['Added', details && <RelativeTime time={details.createdAt} />],
    ['Machine ID', <MachineId key="id" machineId={machine.machineId} />],
  ];
  return (
    <>
      <dl className={styles.facts} aria-busy={!details && !error}>
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact ?? <Unknown loading={!details && !error} />}</dd>
          </div>
        ))}
      </dl>
      {error && <p className="problem">{error.message}</p>}
    </>
  );
}

function MachineId({ machineId }: Pick<Machine, 'machineId'>) {
  return (
    <>
      <code>{machineId}</code> <CopyButton text={machineId} what="machine ID" />
    </>
  );
}

function Unknown({ loading }: { loading: boolean }) {
  return <span className={styles.unknown}>{loading ? '…' : 'not told yet'}</span>;
}
