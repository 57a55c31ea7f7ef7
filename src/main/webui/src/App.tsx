import { MachinesPage } from './machines/MachinesPage';
import { useFeed } from './machines/useFeed';
import { SessionGate } from './session/SessionGate';
import { SessionNotice } from './session/SessionNotice';
import { DialogNotice } from './ui/dialogNotice';

export function App() {
  useFeed();
  return (
    <SessionGate>
      <DialogNotice value={<SessionNotice />}>
        <MachinesPage />
      </DialogNotice>
    </SessionGate>
  );
}
