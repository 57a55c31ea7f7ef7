import { MachinesPage } from './machines/page/MachinesPage';
import { useFeed } from './machines/page/useFeed';
import { SessionGate } from './session/gate/SessionGate';
import { SessionNotice } from './session/notice/SessionNotice';
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
