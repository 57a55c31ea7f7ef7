import { laterDialog } from '../../ui/later';
import { closeClaim, useClaimLink } from './claimLink';

// Few people ever open one: nobody else is to load it.
const ClaimDialog = laterDialog(async () => (await import('./ClaimDialog')).ClaimDialog);

interface Props {
  /** Opens a machine's details. */
  onShow: (machineId: string) => void;
}

/** Shows the claim that the page was opened with, where it was. */
export function ClaimGate({ onShow }: Props) {
  const link = useClaimLink();
  if (link === null) {
    return null;
  }
  const show = (machineId: string) => {
    closeClaim();
    onShow(machineId);
  };
  return <ClaimDialog key={link === 'broken' ? link : `${link.machineId}.${link.secretHash}`} link={link} onShow={show} onClose={closeClaim} />;
}
