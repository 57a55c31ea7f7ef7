import { Dialog } from '../../ui/Dialog';
import { ClaimForm } from './ClaimForm';
import { ClaimedMachine } from './ClaimedMachine';
import type { Claim, ClaimLink } from './claimLink';
import { useClaim } from './useClaim';

interface Props {
  link: ClaimLink;
  /** Opens the machine's details. */
  onShow: (machineId: string) => void;
  onClose: () => void;
}

/** From the link that a machine printed to a machine in one's list. */
export function ClaimDialog({ link, onShow, onClose }: Props) {
  return (
    <Dialog title={link === 'broken' ? 'This link is not whole' : 'Claim a machine'} onClose={onClose}>
      {link === 'broken' ? <BrokenLink onClose={onClose} /> : <ClaimSteps claim={link} onShow={onShow} onClose={onClose} />}
    </Dialog>
  );
}

interface StepsProps extends Omit<Props, 'link'> {
  claim: Claim;
}

function ClaimSteps({ claim, onShow, onClose }: StepsProps) {
  const { state, claim: submit, isClaiming, error } = useClaim(claim);
  switch (state.phase) {
    case 'asking':
      return <p role="status">Asking for this machine…</p>;
    case 'open':
      return <ClaimForm claim={claim} onName={submit} isClaiming={isClaiming} error={error} onCancel={onClose} />;
    case 'taken':
      return <Taken onClose={onClose} />;
    case 'named':
    case 'known':
      return (
        <ClaimedMachine
          machineId={claim.machineId}
          name={state.name}
          isNew={state.phase === 'named'}
          onShow={() => onShow(claim.machineId)}
          onClose={onClose}
        />
      );
  }
}

function BrokenLink({ onClose }: { onClose: () => void }) {
  return (
    <>
      <p role="alert">
        A part of it is missing or changed: it must end as the machine printed it, with <code>#claim=</code>, the machine’s ID, a dot and 43
        characters. Open it again, all of it.
      </p>
      <Close onClose={onClose} />
    </>
  );
}

function Taken({ onClose }: { onClose: () => void }) {
  return (
    <>
      <p role="alert">
        <strong>Somebody else has claimed this machine already.</strong> If that should not be, stop the agent on the machine, remove its
        file <code>machine-agent/token</code>, and start it again: it prints a new link.
      </p>
      <Close onClose={onClose} />
    </>
  );
}

function Close({ onClose }: { onClose: () => void }) {
  return (
    <div className="actions">
      <button type="button" className="button primary" onClick={onClose}>
        Close
      </button>
    </div>
  );
}
