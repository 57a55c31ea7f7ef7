import type { ReactNode } from 'react';

import { useIsAtLeast } from '../../teams/useRole';
import { CopyButton } from '../../ui/CopyButton';
import { duration, timeOfDay } from '../../ui/relativeTime';
import { RelativeTime } from '../../ui/RelativeTime';
import { AgentVersion } from '../agent/AgentVersion';
import { AlertChoice } from '../alert/AlertChoice';
import { AssistantList } from '../assistants/AssistantList';
import { OwnerName } from '../owner/OwnerName';
import { RemovalChoice } from '../removal/RemovalChoice';
import { RemovalLine } from '../removal/RemovalLine';
import { useMachineDetails, type MachineDetailsReturn } from '../store/useMachineDetails';
import { useStaleness } from '../store/useMachines';
import type { Machine, MachineDetails } from '../types';
import styles from './MachineFacts.module.css';
import { MachineMetadata } from './MachineMetadata';

interface Props {
  machine: Machine;
}

export function MachineFacts({ machine }: Props) {
  const loaded = useMachineDetails(machine);
  const { details, loading } = loaded;
  const stale = useStaleness() !== undefined;
  const mayChange = useIsAtLeast('operator', machine.owner);
  const mayRemove = useIsAtLeast('admin', machine.owner);
  const facts: [term: string, fact: ReactNode][] = [
    ...statusFacts(machine, stale),
    ['Assistants', machine.status === 'online' ? machine.assistantCount.toLocaleString() : 'none while it is offline'],
    ['Host', details?.hostname && <bdi key="host">{details.hostname}</bdi>],
    ['Root directory', details?.rootDirectory && <code key="root"><bdi>{details.rootDirectory}</bdi></code>],
    ['System', details?.os && <bdi key="os">{details.os}</bdi>],
    ...toldLately(details),
    ['Agent version', details?.agentVersion && <AgentVersion key="version" version={details.agentVersion} />],
    ['Added', details && <RelativeTime time={details.createdAt} />],
    ['Owner', machine.owner && <OwnerName key="owner" owner={machine.owner} />],
    ['Machine ID', <MachineId key="id" machineId={machine.machineId} />],
  ];
  return (
    <>
      <dl className={styles.facts} aria-busy={loading}>
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact ?? <span className={styles.unknown}>{unknownText(loaded)}</span>}</dd>
          </div>
        ))}
      </dl>
      <MachineMetadata metadata={details?.metadata} />
      <LoadingProblem {...loaded} />
      {machine.status === 'online' && details && <AssistantList assistants={details.assistants} />}
      {mayChange && <AlertChoice key={machine.machineId} machineId={machine.machineId} details={details} />}
      {mayRemove && <RemovalChoice key={`${machine.machineId} removal`} machineId={machine.machineId} details={details} />}
      <RemovalLine machine={machine} />
    </>
  );
}

/** What not every agent tells has no row where it is not told. */
function toldLately(details: MachineDetails | undefined): [string, ReactNode][] {
  const { arch, user, address, enrolledWith } = details ?? {};
  return ([['Architecture', arch], ['User', user], ['Address', address], ['Enrolment key', enrolledWith]] as const)
    .filter(([, fact]) => fact)
    .map(([term, fact]) => [term, <bdi key={term}>{fact}</bdi>]);
}

/**
 * How long it has been what it is, and when an offline one was heard last; a machine that never connected was only added. While the
 * list is not true, nobody knows how long that lasts, and it says since when.
 */
function statusFacts({ status, offlineReason, statusSince, lastSeen }: Machine, stale: boolean): [string, ReactNode][] {
  if (offlineReason === 'never_connected') {
    return [];
  }
  const term = stale ? `Was ${status} since` : `${status === 'online' ? 'Online' : 'Offline'} for`;
  const time = <RelativeTime key="time" time={statusSince} say={stale ? timeOfDay : lasting} />;
  return [[term, time], ...(status === 'online' ? [] : [['Last seen', <RelativeTime key="seen" time={lastSeen} />] as [string, ReactNode]])];
}

function lasting(time: number, now: number): string {
  return duration(now - time);
}

/** Says why a fact is not there: only what was asked for and answered can be "not told". */
function unknownText({ details, loading }: MachineDetailsReturn): string {
  if (details) {
    return 'not told yet';
  }
  return loading ? '…' : 'not loaded';
}

function LoadingProblem({ details, error, tryAgain }: MachineDetailsReturn) {
  return (
    <div role="status" className={styles.failure}>
      {error && (
        <>
          <p className="problem">
            {details ? 'The details could not be loaded again, and may be out of date.' : 'The details could not be loaded.'} {error.message}
          </p>
          <button type="button" className="button small" onClick={tryAgain}>
            Try again
          </button>
        </>
      )}
    </div>
  );
}

function MachineId({ machineId }: Pick<Machine, 'machineId'>) {
  return (
    <>
      <code>{machineId}</code> <CopyButton text={machineId} what="machine ID" />
    </>
  );
}
