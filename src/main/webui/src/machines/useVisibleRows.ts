import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';

import { useMediaQuery } from '../ui/useMediaQuery';
import type { Machine } from './types';
import { useIsPrinting } from './useIsPrinting';

const NARROW = '(width <= 40rem)';
const REM_WIDE = 3.25;
const REM_NARROW = 4.5;

interface VisibleRows {
  list: React.RefObject<HTMLTableSectionElement | null>;
  /** Indices of the rows to draw; what is focused stays, also out of sight. On paper nothing is out of sight. */
  rows: { index: number; offset: number }[];
  height: number;
  focusRow: (index: number) => void;
}

/** Of a list that may be long, the rows in sight and some around them. */
export function useVisibleRows(machines: readonly Machine[]): VisibleRows {
  const list = useRef<HTMLTableSectionElement>(null);
  const printing = useIsPrinting();
  const narrow = useMediaQuery(NARROW);
  const top = useTopOf(list);
  const rowHeight = (narrow ? REM_NARROW : REM_WIDE) * parseFloat(getComputedStyle(document.documentElement).fontSize);

  const virtualizer = useWindowVirtualizer({
    count: machines.length,
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    getItemKey: useCallback((index: number) => machines[index]?.machineId ?? index, [machines]),
    rangeExtractor: (range: Range) => withFocused(list.current, range),
    overscan: 8,
    scrollMargin: top,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  return {
    list,
    rows: printing
      ? machines.map((_, index) => ({ index, offset: index * rowHeight }))
      : virtualizer.getVirtualItems().map(({ index, start }) => ({ index, offset: start - top })),
    height: virtualizer.getTotalSize(),
    focusRow: (index) => {
      virtualizer.scrollToIndex(index);
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`)?.focus());
    },
  };
}

/** How far below the top of the page an element is; measured again when something above it comes or goes. */
function useTopOf(element: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const box = element.current?.getBoundingClientRect();
      // One that is hidden is nowhere.
      if (box && box.width > 0) {
        setTop(Math.round(box.top + window.scrollY));
      }
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}

function withFocused(list: HTMLElement | null, range: Range): number[] {
  const rows = defaultRangeExtractor(range);
  const focused = list?.contains(document.activeElement)
    ? Number(document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index)
    : NaN;
  return Number.isNaN(focused) || rows.includes(focused) || focused >= range.count ? rows : [...rows, focused].sort((a, b) => a - b);
}
