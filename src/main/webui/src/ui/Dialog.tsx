import { useContext, useEffect, useId, useLayoutEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';

import styles from './Dialog.module.css';
import { DialogNotice } from './dialogNotice';

interface Props {
  title: ReactNode;
  /** The dialog wants to close: Escape, or its cross. */
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog for as long as it is rendered. Focus goes to `data-autofocus`, and back where it was in the end. */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element?.close();
  }, []);
  useEffect(() => focusSomethingAfterwards, []);

  const cancel = (event: SyntheticEvent) => {
    event.preventDefault();
    onClose();
  };
  // A browser closes it without asking when it was kept from that before. It is wanted for as long as it is rendered.
  const openAgain = ({ currentTarget }: SyntheticEvent<HTMLDialogElement>) => !currentTarget.open && currentTarget.showModal();
  const notice = useContext(DialogNotice);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onCancel={cancel} onClose={openAgain}>
      <h2 id={titleId}>{title}</h2>
      <div role="status">{notice}</div>
      {children}
      <button type="button" className={styles.close} aria-label="Close" onClick={onClose}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="m4 4 8 8m0-8-8 8" />
        </svg>
      </button>
    </dialog>
  );
}

// What opened the dialog may be gone by then, as with the button of a deleted machine.
function focusSomethingAfterwards(): void {
  if (document.activeElement === null || document.activeElement === document.body) {
    document.querySelector<HTMLElement>('[data-focus-home]')?.focus();
  }
}
