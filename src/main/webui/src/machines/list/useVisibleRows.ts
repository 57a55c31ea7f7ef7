import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';

import { useIsPrinting } from '../../ui/useIsPrinting';
import { useMediaQuery } from '../../ui/useMediaQuery';
import { isHeading, type ListItem } from '../labels/grouping';

const NARROW = '(width <= 40rem)';
const REM_WIDE = 3.25;
const REM_NARROW = 4.5;
const REM_HEADING = 2.5;

interface VisibleRows {
  list: React.RefObject<HTMLTableSectionElement | null>;
  /** Indices of the rows to draw; what is focused stays, also out of sight. On paper nothing is out of sight. */
  rows: { index: number; offset: number }[];
  height: number;
  /** Focuses what this finds in a row. */
  focusRow: (index: number, what: string) => void;
}

/** Of a list that may be long, the rows in sight and some around them. */
export function useVisibleRows(items: readonly ListItem[]): VisibleRows {
  const list = useRef<HTMLTableSectionElement>(null);
  const printing = useIsPrinting();
  const narrow = useMediaQuery(NARROW);
  const top = useTopOf(list);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const rowHeight = (narrow ? REM_NARROW : REM_WIDE) * rem;

  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: useCallback((index: number) => (isHeadingAt(items, index) ? REM_HEADING * rem : rowHeight), [items, rem, rowHeight]),
    getItemKey: useCallback((index: number) => keyOf(items, index), [items]),
    rangeExtractor: (range: Range) => withFocused(list.current, range),
    overscan: 8,
    scrollMargin: top,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  return {
    list,
    rows: printing
      ? items.map((_, index) => ({ index, offset: index * rowHeight }))
      : virtualizer.getVirtualItems().map(({ index, start }) => ({ index, offset: start - top })),
    height: virtualizer.getTotalSize(),
    focusRow: (index, what) => {
      const find = () => list.current?.querySelector<HTMLElement>(`[data-index="${index}"] ${what}`);
      const drawn = find();
      if (drawn) {
        drawn.focus();
      } else {
        // Not at an edge of the window, where something may cover it.
        virtualizer.scrollToIndex(index, { align: 'center' });
        requestAnimationFrame(() => find()?.focus());
      }
    },
  };
}

function isHeadingAt(items: readonly ListItem[], index: number): boolean {
  const item = items[index];
  return item !== undefined && isHeading(item);
}

/** No id of a machine has a colon. */
function keyOf(items: readonly ListItem[], index: number): string | number {
  const item = items[index];
  if (item === undefined) {
    return index;
  }
  return isHeading(item) ? `${item.group}:${item.value === null ? ':' : `=${item.value}`}` : item.machineId;
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
