import { isStatus, toError } from '../../http/request';
import { followMoves } from '../../ui/historyMoves';
import { SignedOutError } from '../establishSession';
import type { PersonNotice } from '../personNotice';
import { countMachines, findSession, recoverSession } from '../sessionApi';
import { sessionState } from '../sessionState';
import { adopt, openSession } from '../sessionStore';

const MARK = '#recover=';

/** Opens the page for whoever has a recovery link in the address bar, or else for whoever was here before. */
export async function openPage(): Promise<void> {
  // Of a page that is open already, a link changes nothing but this.
  followMoves(() => {
    const recovery = takeRecovery();
    if (recovery !== null) {
      void openRecovery(recovery);
    }
  });
  const recovery = takeRecovery();
  await (recovery === null ? openSession() : openRecovery(recovery));
}

/** Takes what the link carries off the address bar at once: nobody is to see, share or bookmark it by accident. */
function takeRecovery(): string | null {
  const { hash, pathname, search } = window.location;
  if (!hash.startsWith(MARK)) {
    return null;
  }
  window.history.replaceState(window.history.state, '', pathname + search);
  return hash.slice(MARK.length);
}

/** Becomes the person of the link; asks first where another person is signed in here who has an account or machines. */
export async function openRecovery(recovery: string): Promise<void> {
  try {
    const session = await findSession();
    if (session !== null && session.userId === personOf(recovery)) {
      await openSession();
      return;
    }
    const machines = session === null ? 0 : await countMachines();
    if (session !== null && (machines > 0 || !session.anonymous)) {
      sessionState.set({ phase: 'recoveryAsked', recovery, session, machines });
      return;
    }
  } catch (failure) {
    fail(recovery, failure);
    return;
  }
  await recover(recovery, 'recovered');
}

/** @param notice what has to be told afterwards; nothing where this was chosen */
export async function recover(recovery: string, notice: PersonNotice | null = null): Promise<void> {
  try {
    await adopt(() => recoverSession(recovery), notice);
  } catch (failure) {
    if (!(failure instanceof SignedOutError)) {
      fail(recovery, failure);
    }
  }
}

function fail(recovery: string, failure: unknown): void {
  sessionState.set({ phase: 'recoveryFailed', recovery, reason: toError(failure).message, isFinal: isStatus(failure, 401) });
}

/** Whose link it is, where it is one; the service alone can tell whether it is good. */
function personOf(recovery: string): string | null {
  try {
    const claims = JSON.parse(atob((recovery.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: string };
    return claims.sub ?? null;
  } catch {
    return null;
  }
}
