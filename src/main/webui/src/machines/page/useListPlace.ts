import { useLayoutEffect, useRef } from 'react';

import { useMediaQuery } from '../../ui/useMediaQuery';

// As in MachinesPage.module.css: below it the details take the place of the list.
const NO_ROOM_BESIDE = '(width <= 60rem)';

/** Keeps the place in a long list while the details of a machine hide it. */
export function useListPlace(hasDetails: boolean): void {
  const hidden = useMediaQuery(NO_ROOM_BESIDE) && hasDetails;
  const place = useRef(0);

  useLayoutEffect(() => {
    if (hidden) {
      window.scrollTo(0, 0);
      return undefined;
    }
    window.scrollTo(0, place.current);
    const remember = () => {
      place.current = window.scrollY;
    };
    remember();
    window.addEventListener('scroll', remember, { passive: true });
    return () => window.removeEventListener('scroll', remember);
  }, [hidden]);
}
