import { useShownOnce } from '../../secret/useShownOnce';
import { Dialog } from '../../ui/Dialog';
import { MachineLabel } from '../name/MachineLabel';
import type { Machine } from '../types';
import { RotatedToken } from './RotatedToken';
import { RotateTokenForm } from './RotateTokenForm';
import type { Rotation } from './useRotation';

interface Props {
  machine: Machine;
  onClose: () => void;
}

/** Makes a new token. It lives in this component alone, and goes with it. */
export function RotateTokenDialog({ machine, onClose }: Props) {
  const { made, onMade, onMaking, close, shown } = useShownOnce<Rotation>(onClose);
  const title = (
    <>
      New token for <MachineLabel machine={machine} />
    </>
  );
  return (
    <Dialog title={title} onClose={close}>
      {made ? (
        <RotatedToken machine={machine} rotation={made} shown={shown} />
      ) : (
        <RotateTokenForm machine={machine} onMaking={onMaking} onRotated={onMade} onCancel={close} />
      )}
    </Dialog>
  );
}
