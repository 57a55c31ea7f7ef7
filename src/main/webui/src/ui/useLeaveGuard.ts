import { useEffect, useEffectEvent } from 'react';

import { guardMoves } from './historyMoves';

const MARK = 'leaveGuard';

/**
 * Asks before the page goes, while something on it would be lost: the browser asks before a reload, and `onBack` is called instead of
 * wherever the history, or a link into this page, would lead. For that, the history gets an entry of its own, which is taken away again
 * in the end.
 */
export function useLeaveGuard(guards: boolean, onBack: () => void): void {
  const ask = useEffectEvent(onBack);

  useEffect(() => {
    if (!guards) {
      return undefined;
    }
    const { href } = window.location;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    guard(href);
    window.addEventListener('beforeunload', warn);
    const endGuard = guardMoves(() => {
      const leaves = !isGuarded();
      if (leaves) {
        guard(href);
        ask();
      }
      return leaves;
    });
    return () => {
      window.removeEventListener('beforeunload', warn);
      endGuard();
      if (isGuarded()) {
        window.history.back();
      }
    };
  }, [guards]);
}

function guard(href: string): void {
  window.history.pushState({ [MARK]: true }, '', href);
}

function isGuarded(): boolean {
  const state = window.history.state as Record<string, unknown> | null;
  return state?.[MARK] === true;
}
