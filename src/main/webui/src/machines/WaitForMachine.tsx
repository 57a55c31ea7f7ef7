import type { Machine } from './types';
import { useMachineDetails } from './useMachineDetails';
import styles from './WaitForMachine.module.css';

interface Props {
  machine: Machine | undefined;
}

/** Watches a new machine until it connects. */
export function WaitForMachine({ machine }: Props) {
  const connected = machine?.status === 'online';
  return (
    <p className={styles.wait} data-connected={connected} role="status">
      <span className={styles.light} aria-hidden="true" />
      <span>{connected ? <Connected machine={machine} /> : 'Waiting for the machine…'}</span>
    </p>
  );
}

function Connected({ machine }: { machine: Machine }) {
  const { details } = useMachineDetails(machine);
  const told = [details?.hostname && `host ${details.hostname}`, details?.rootDirectory].filter(Boolean).join(', ');
  return told ? (
    <>
      <strong>Connected:</strong> {told}
    </>
  ) : (
    <strong>Connected</strong>
  );
}
