import { MachinesPage } from './machines/MachinesPage';
import { SessionGate } from './session/SessionGate';

export function App() {
  return (
    <SessionGate>
      <MachinesPage />
    </SessionGate>
  );
}
