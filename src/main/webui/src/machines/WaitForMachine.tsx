import type { ReactNode } from 'react';

import { isolated } from './names';
import { hasConnected, notLiveText, reasonWord } from './statusText';
import type { Machine } from './types';
import { useAsOf } from './useAsOf';
import { useMachineDetails } from './useMachineDetails';
import { useStaleness } from './useMachines';
import styles from './WaitForMachine.module.css';

interface Props {
  machine: Machine | undefined;
}

/** Watches a new machine until it connects, and whether it stays. */
export function WaitForMachine({ machine }: Props) {
  const stale = useStaleness();
  if (stale) {
    return (
      <Phase name="unknown">
        <CannotKnow connected={hasConnected(machine)} databaseAway={stale.cause === 'databaseAway'} />
      </Phase>
    );
  }
  if (!hasConnected(machine)) {
    return <Phase name="waiting">Waiting for the machine…</Phase>;
  }
  return machine.status === 'online' ? (
    <Phase name="online">
      <Connected machine={machine} />
    </Phase>
  ) : (
    <Phase name="offline">
      <strong>Connected, then offline:</strong> {reasonWord(machine)}
    </Phase>
  );
}

function Phase({ name, children }: { name: 'waiting' | 'online' | 'offline' | 'unknown'; children: ReactNode }) {
  return (
    <p className={styles.wait} data-phase={name} role="status">
      <span className={styles.light} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

function CannotKnow({ connected, databaseAway }: { connected: boolean; databaseAway: boolean }) {
  const asOf = useAsOf() ?? '';
  const why = databaseAway ? 'The service cannot reach its database.' : `${notLiveText(asOf)}.`;
  return (
    <>
      <strong>{why}</strong>{' '}
      {connected ? 'Whether the machine is still connected cannot be known now.' : 'Whether the machine has connected cannot be known now.'}
    </>
  );
}

function Connected({ machine }: { machine: Machine }) {
  const { details } = useMachineDetails(machine);
  const told = [details?.hostname && `host ${isolated(details.hostname)}`, details?.rootDirectory && isolated(details.rootDirectory)].filter(Boolean).join(', ');
  return told ? (
    <>
      <strong>Connected:</strong> {told}
    </>
  ) : (
    <strong>Connected</strong>
  );
}
