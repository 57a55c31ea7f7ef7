import { useServiceInfo } from '../../version/useServiceInfo';
import type { Machine } from '../types';
import { newerAgent } from './newerAgent';
import styles from './NewerAgentLine.module.css';

interface Props {
  machine: Machine;
}

/** Says in the list that a machine runs an older agent than the service has. */
export function NewerAgentLine({ machine: { agentVersion } }: Props) {
  const newest = newerAgent(agentVersion, useServiceInfo()?.agent?.version);
  return newest && <div className={styles.line}>{`${agentVersion}, ${newest} is there`}</div>;
}
