import { useEffect, useEffectEvent } from 'react';

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
    const stay = (event: Event) => {
      if (!isGuarded()) {
        // Whoever shows what the address says must not hear of it.
        event.stopImmediatePropagation();
        guard(href);
        ask();
      }
    };
    guard(href);
    window.addEventListener('beforeunload', warn);
    MOVES.forEach((move) => window.addEventListener(move, stay, FIRST));
    return () => {
      window.removeEventListener('beforeunload', warn);
      MOVES.forEach((move) => window.removeEventListener(move, stay, FIRST));
      if (isGuarded()) {
        window.history.back();
      }
    };
  }, [guards]);
}

const MOVES = ['popstate', 'hashchange'] as const;

// What listens as they come down is called before what listens as they go up.
const FIRST = { capture: true } as const;

function guard(href: string): void {
  window.history.pushState({ [MARK]: true }, '', href);
}

function isGuarded(): boolean {
  const state = window.history.state as Record<string, unknown> | null;
  return state?.[MARK] === true;
}
