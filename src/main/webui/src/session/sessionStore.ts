import type { SessionView } from '../http/contract.gen';
import { isStatus, toError } from '../http/request';
import { basePath } from '../http/servicePath';
import { Observable } from '../ui/observable';
import { exclusively } from './exclusively';
import { waitAfter } from './retryWait';
import { endSession, findSession, SignInNeededError, startSession } from './sessionApi';
import { forgetLifetime, hasKnownSession, isPastHalfLife, rememberedUser, rememberLifetime, rememberUser, untilNextCheck } from './sessionLifetime';
import { forgetSignOut, hasSignedOut, rememberSignOut } from './signOutMemory';

export type SessionState =
  | { phase: 'checking' }
  | {
      phase: 'unreachable';
      failure: Error;
      /** when the page tries again, in milliseconds since the epoch by the browser's clock */
      retryAt: number;
    }
  | { phase: 'active'; session: SessionView; /** it is another person's than the one before */ replaced: boolean }
  | {
      phase: 'signInNeeded';
      signInUrl: string | null;
      reason: string;
      /** what would help, where the service does not know the address that the browser is at */
      setting: string | null;
      /** the user of the session that ended */
      lastUser: string | null;
    }
  | { phase: 'signedOut' }
  /** a recovery link was opened, where another person with machines is signed in */
  | { phase: 'recoveryAsked'; recovery: string; session: SessionView; machines: number }
  /** it does not work, or did not now; `reason` is for people */
  | { phase: 'recoveryFailed'; recovery: string; reason: string; /** trying again would not help */ isFinal: boolean };

// Another service may be below another path of the same host.
const CHANNEL = `session${basePath}`;

export const sessionState = new Observable<SessionState>({ phase: 'checking' });

const otherTabs = new BroadcastChannel(CHANNEL);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Finds, renews or starts the session, and keeps it alive from then on. */
export async function openSession(attempt = 0): Promise<void> {
  clearTimeout(timer);
  try {
    activate(await exclusively(CHANNEL, establish));
  } catch (error) {
    if (error instanceof SignedOutError) {
      sessionState.set({ phase: 'signedOut' });
      return;
    }
    if (error instanceof SignInNeededError) {
      const { signInUrl, reason, setting } = error;
      sessionState.set({ phase: 'signInNeeded', signInUrl, reason, setting, lastUser: userOf(sessionState.get()) });
      return;
    }
    const wait = waitAfter(error, attempt);
    if (['checking', 'signedOut', 'unreachable', 'recoveryAsked', 'recoveryFailed'].includes(sessionState.get().phase)) {
      sessionState.set({ phase: 'unreachable', failure: toError(error), retryAt: Date.now() + wait });
    }
    timer = setTimeout(() => void openSession(attempt + 1), wait);
  }
}

/** Starts anew after signing out. */
export async function startAnew(): Promise<void> {
  forgetSignOut();
  await openSession();
}

/** Runs what needs a session. A 401 renews the session and tries once more, as long as it is the same user's. */
export async function withSession<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isStatus(error, 401)) {
      throw error;
    }
    const before = userOf(sessionState.get());
    await openSession();
    const state = sessionState.get();
    if (state.phase === 'active' && userOf(state) === before) {
      return action();
    }
    throw state.phase === 'active'
      ? new Error('Your session had ended, and a new one has started. Repeat this step if you still want it.')
      : new SignInNeededError(null, '');
  }
}

export async function signOut(): Promise<string | null> {
  const elsewhere = await endSession();
  rememberSignOut();
  clearTimeout(timer);
  sessionState.set({ phase: 'signedOut' });
  otherTabs.postMessage('signedOut');
  return elsewhere;
}

/** Whoever signed out comes back, as with the browser's Back: nobody new must start without being asked to. */
class SignedOutError extends Error {}

/** Goes on with another session, because somebody wanted it: nobody has to be told that the person is another. */
export async function adopt(start: () => Promise<SessionView>): Promise<void> {
  clearTimeout(timer);
  const session = await exclusively(CHANNEL, start);
  forgetSignOut();
  forgetLifetime();
  rememberLifetime(session);
  sessionState.set({ phase: 'checking' });
  activate(session);
}

async function establish(): Promise<SessionView> {
  const signedOut = hasSignedOut();
  const found = hasKnownSession() || signedOut ? await findSession() : null;
  if (found && !isPastHalfLife(found)) {
    forgetSignOut();
    return found;
  }
  if (!found && signedOut) {
    throw new SignedOutError();
  }
  const started = await startSession();
  rememberLifetime(started);
  return started;
}

/** Another cookie may be there by now, and nobody has told: who acts must be the person whose machines are shown. */
export async function checkPerson(): Promise<void> {
  if (sessionState.get().phase !== 'active') {
    return;
  }
  const found = await findSession().catch(() => null);
  if (found && sessionState.get().phase === 'active' && found.userId !== userOf(sessionState.get())) {
    clearTimeout(timer);
    activate(found);
  }
}

function activate(session: SessionView): void {
  const before = userOf(sessionState.get());
  const changed = before !== session.userId;
  const lastHere = before ?? rememberedUser();
  sessionState.set({ phase: 'active', session, replaced: lastHere !== null && lastHere !== session.userId });
  rememberUser(session.userId);
  if (changed) {
    otherTabs.postMessage('changed');
  }
  timer = setTimeout(() => void openSession(), untilNextCheck(session));
}

function userOf(state: SessionState): string | null {
  return state.phase === 'active' ? state.session.userId : state.phase === 'signInNeeded' ? state.lastUser : null;
}

otherTabs.onmessage = ({ data }: MessageEvent<'signedOut' | 'changed'>) => {
  if (data === 'signedOut') {
    clearTimeout(timer);
    sessionState.set({ phase: 'signedOut' });
  } else if (sessionState.get().phase !== 'checking') {
    void openSession();
  }
};
