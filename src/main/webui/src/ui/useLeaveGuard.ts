import { useEffect, useEffectEvent } from 'react';

const MARK = 'leaveGuard';

/**
 * Asks before the page goes, while something on it would be lost: the browser asks before a reload, and `onBack` is called instead of a
 * step back. For that, the history gets an entry of its own, which is taken away again in the end.
 */
export function useLeaveGuard(guards: boolean, onBack: () => void): void {
  const ask = useEffectEvent(onBack);

  useEffect(() => {
    if (!guards) {
      return undefined;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const stay = () => {
      if (!isGuarded()) {
        guard();
        ask();
      }
    };
    guard();
    window.addEventListener('beforeunload', warn);
    window.addEventListener('popstate', stay);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('popstate', stay);
      if (isGuarded()) {
        window.history.back();
      }
    };
  }, [guards]);
}

function guard(): void {
  window.history.pushState({ [MARK]: true }, '', window.location.href);
}

function isGuarded(): boolean {
  const state = window.history.state as Record<string, unknown> | null;
  return state?.[MARK] === true;
}
