import { useState } from 'react';

import { AlertDialog } from './AlertDialog';
import { DeleteDialog } from './DeleteDialog';
import { LabelDialog } from './LabelDialog';
import type { Target } from './target';

export type BulkAct = 'labels' | 'alert' | 'delete';

export interface BulkQuestion {
  act: BulkAct;
  target: Target;
  /** The keys of the labels that there are. */
  keys: readonly string[];
  /** Under a search, the service counts others than show. */
  onMiscounted: () => void;
  onDone: () => void;
}

interface Props {
  question: BulkQuestion;
}

/** Asks what is to be done with machines, and says what came of it: also when the list, and the bar below it, went with the last of them. */
export function BulkDialogs({ question }: Props) {
  const [answered, setAnswered] = useState<{ question: BulkQuestion; said: string }>();
  const isOpen = answered?.question !== question;
  const close = (said: string) => setAnswered({ question, said });
  const asked = {
    target: question.target,
    onMiscounted: question.onMiscounted,
    onClose: () => close(''),
    onDone: (what: string) => {
      question.onDone();
      close(`${what}.`);
    },
  };
  return (
    <>
      <p className="visually-hidden" role="status">
        {!isOpen && answered.said}
      </p>
      {isOpen && question.act === 'labels' && <LabelDialog {...asked} keys={question.keys} />}
      {isOpen && question.act === 'alert' && <AlertDialog {...asked} />}
      {isOpen && question.act === 'delete' && <DeleteDialog {...asked} />}
    </>
  );
}
