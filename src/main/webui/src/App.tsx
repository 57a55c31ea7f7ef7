import { MachinesPage } from './machines/MachinesPage';
import { useFeed } from './machines/useFeed';
import { SessionGate } from './session/SessionGate';

export function App() {
  useFeed();
  return (
    <SessionGate>
      <MachinesPage />
    </SessionGate>
  );
}
