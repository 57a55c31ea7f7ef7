import { forgetNotice, noticeFor, onNoticeElsewhere } from './personNotice';
import { sessionState } from './sessionState';

/** What had to be told about the person was read. */
export function answerNotice(): void {
  forgetNotice();
  showNotice();
}

function showNotice(): void {
  const state = sessionState.get();
  if (state.phase === 'active') {
    sessionState.set({ ...state, notice: noticeFor(state.session.userId) });
  }
}

onNoticeElsewhere(showNotice);
