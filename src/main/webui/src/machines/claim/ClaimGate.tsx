import { lazy, Suspense } from 'react';

import { ClaimNotLoaded } from './ClaimNotLoaded';
import { closeClaim, useClaimLink } from './claimLink';

// Few people ever open one: nobody else is to load it. Where it does not load, the page says so in its place.
const ClaimDialog = lazy(() =>
  import('./ClaimDialog').then(
    (loaded) => ({ default: loaded.ClaimDialog }),
    () => ({ default: ClaimNotLoaded }),
  ),
);

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
  return (
    <Suspense fallback={null}>
      <ClaimDialog key={link === 'broken' ? link : link.machineId} link={link} onShow={show} onClose={closeClaim} />
    </Suspense>
  );
}
