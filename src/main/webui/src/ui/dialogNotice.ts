import { createContext, type ReactNode } from 'react';

/** What the reader should know wherever they are: behind a modal dialog nobody can press the buttons of a notice. */
export const DialogNotice = createContext<ReactNode>(null);
