import { Dialog } from '../../ui/Dialog';

interface Props {
  onClose: () => void;
}

/** A browser may remember that a part of a page did not load; a page that is loaded anew asks for it again, and has the link still. */
export function ClaimNotLoaded({ onClose }: Props) {
  return (
    <Dialog title="Claim a machine" onClose={onClose}>
      <p role="alert">This part of the page could not be loaded. The link is not lost.</p>
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          Not now
        </button>
        <button type="button" className="button primary" onClick={() => window.location.reload()}>
          Load the page again
        </button>
      </div>
    </Dialog>
  );
}
