import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Keeps what has the focus from being covered by the bar, which sticks to the window's lower edge, when it comes and whatever its height. */
export function useBarInSight(shows: boolean): RefObject<HTMLElement | null> {
  const bar = useRef<HTMLElement>(null);
  // The room is there before the bar is seen, because the next key may move the focus.
  useLayoutEffect(() => {
    const { current } = bar;
    if (!shows || !current) {
      return undefined;
    }
    const { style } = document.documentElement;
    const makeRoom = () => {
      style.scrollPaddingBottom = `${current.offsetHeight + parseFloat(getComputedStyle(current).bottom)}px`;
      document.querySelector('[data-machine-id] :focus')?.scrollIntoView({ block: 'nearest' });
    };
    makeRoom();
    const observer = new ResizeObserver(makeRoom);
    observer.observe(current);
    return () => {
      observer.disconnect();
      style.scrollPaddingBottom = '';
    };
  }, [shows]);
  return bar;
}
