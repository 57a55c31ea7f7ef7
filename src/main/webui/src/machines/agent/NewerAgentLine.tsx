import { useKnownServiceInfo } from '../../version/useServiceInfo';
import styles from '../LineBelowName.module.css';
import type { Machine } from '../types';
import { newerAgent } from './newerAgent';

interface Props {
  machine: Machine;
}

/** Says in the list that a machine runs an older agent than the service has. */
export function NewerAgentLine({ machine: { agentVersion } }: Props) {
  const newest = newerAgent(agentVersion, useKnownServiceInfo()?.agent?.version);
  return newest && <div className={styles.line}>{`${agentVersion}, ${newest} is there`}</div>;
}
