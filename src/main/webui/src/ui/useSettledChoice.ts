import { useEffect, useEffectEvent, useRef, useState, type ChangeEvent, type KeyboardEvent } from 'react';

// Whoever goes through the choices with the arrow keys rests on each for less.
const PAUSE = 1_500;

/**
 * A select whose choice is saved when it is made. A browser tells of a change at each arrow key; what was chosen by keyboard is therefore saved
 * with Enter, when the select is left, or after a pause, and what was chosen by pointer at once.
 *
 * @param saved what is chosen at the service
 */
export function useSettledChoice(saved: string, save: (choice: string) => Promise<void>) {
  const [choice, setChoice] = useState<string>();
  const [isSaving, setIsSaving] = useState(false);
  const byKey = useRef(false);

  const settle = async (made: string | undefined) => {
    if (made === undefined || isSaving) {
      return;
    }
    if (made !== saved) {
      setIsSaving(true);
      await save(made);
      setIsSaving(false);
    }
    setChoice((latest) => (latest === made ? undefined : latest));
  };
  const settleLatest = useEffectEvent(() => void settle(choice));
  useEffect(() => {
    if (choice === undefined || isSaving) {
      return undefined;
    }
    const timer = setTimeout(settleLatest, PAUSE);
    return () => clearTimeout(timer);
  }, [choice, isSaving]);
  useEffect(() => () => settleLatest(), []);

  return {
    value: choice ?? saved,
    onPointerDown: () => {
      byKey.current = false;
    },
    onKeyDown: ({ key }: KeyboardEvent) => {
      byKey.current = true;
      if (key === 'Enter') {
        void settle(choice);
      }
    },
    onBlur: () => void settle(choice),
    onChange: ({ target }: ChangeEvent<HTMLSelectElement>) => {
      setChoice(target.value);
      if (!byKey.current) {
        void settle(target.value);
      }
    },
  };
}
