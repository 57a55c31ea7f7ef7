import type { SessionView } from '../http/contract.gen';
import { isStatus, toError } from '../http/request';
import { establishSession, SignedOutError, unlessSignedOut } from './establishSession';
import { exclusively } from './exclusively';
import { CHANNEL, onOtherTabs, tellOtherTabs } from './otherTabs';
import { forgetNotice, noticeFor, rememberNotice, type PersonNotice } from './personNotice';
import { waitAfter } from '../http/retryWait';
import { endAllSessions, endSession, findSession, SignInNeededError } from './sessionApi';
import { forgetLifetime, rememberedUser, rememberLifetime, rememberUser, untilNextCheck } from './sessionLifetime';
import { sessionOf, sessionState, userOf, type SessionState } from './sessionState';
import { forgetSignOut, hadAccount, rememberSignOut, untilSignOut } from './signOutMemory';

/** The person whom another tab has just found, and told of where that is needed. */
let foundElsewhere: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Finds, renews or starts the session, and keeps it alive from then on. */
export async function openSession(attempt = 0): Promise<void> {
  clearTimeout(timer);
  const isStill = untilSignOut();
  try {
    const session = await exclusively(CHANNEL, () => establishSession(isStill));
    if (isStill()) {
      activate(session);
    }
  } catch (error) {
    if (!isStill()) {
      return;
    }
    if (error instanceof SignedOutError) {
      sessionState.set({ phase: 'signedOut', hadAccount: hadAccount() });
      return;
    }
    if (error instanceof SignInNeededError) {
      const { signInUrl, reason, setting } = error;
      sessionState.set({ phase: 'signInNeeded', signInUrl, reason, setting, lastSession: sessionOf(sessionState.get()) });
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

/**
 * @param everywhere whether all sessions of the person end, on every device; for that, this one has to be good still
 * @returns where to sign out at the OpenID provider as well; null where there is no such place
 */
export async function signOut(everywhere = false): Promise<string | null> {
  const end = async () => {
    const elsewhere = await (everywhere ? endAllSessions() : endSession());
    forgetNotice();
    rememberSignOut(sessionOf(sessionState.get())?.anonymous === false);
    clearTimeout(timer);
    sessionState.set({ phase: 'signedOut', hadAccount: hadAccount() });
    tellOtherTabs({ is: 'signedOut', hadAccount: hadAccount() });
    return elsewhere;
  };
  // A request that renews the session would bring its cookie back, and is waited for; a tab that sleeps is not.
  return withSession(() => exclusively(CHANNEL, end, 5_000));
}

/** Goes on with another session, because somebody wanted it: nobody has to be told that a session was lost. */
export async function adopt(start: () => Promise<SessionView>, notice: PersonNotice | null): Promise<void> {
  clearTimeout(timer);
  const isStill = untilSignOut();
  const session = await exclusively(CHANNEL, () => unlessSignedOut(start, isStill));
  forgetLifetime();
  forgetNotice();
  rememberLifetime(session);
  rememberUser(session.userId);
  if (notice) {
    rememberNotice(notice, session.userId);
  }
  tellOtherTabs({ is: 'changed', userId: session.userId });
  sessionState.set({ phase: 'checking' });
  activate(session);
}

/** Another cookie may be there by now, and nobody has told: who acts must be the person whose machines are shown. */
export async function checkPerson(): Promise<void> {
  if (sessionState.get().phase !== 'active') {
    return;
  }
  const isStill = untilSignOut();
  const found = await findSession().catch(() => null);
  if (found && isStill() && sessionState.get().phase === 'active' && found.userId !== userOf(sessionState.get())) {
    activate(found);
  }
}

function activate(session: SessionView): void {
  forgetSignOut();
  const { userId } = session;
  const lastHere = userOf(sessionState.get()) ?? rememberedUser();
  if (lastHere !== userId) {
    if (lastHere !== null && rememberedUser() !== userId && foundElsewhere !== userId) {
      rememberNotice('replaced', userId);
    }
    rememberUser(userId);
    tellOtherTabs({ is: 'changed', userId });
  }
  foundElsewhere = undefined;
  const wasActive = sessionState.get().phase === 'active';
  sessionState.set({ phase: 'active', session, notice: noticeFor(userId) });
  if (!wasActive) {
    tellOtherTabs({ is: 'active' });
  }
  clearTimeout(timer);
  timer = setTimeout(() => void openSession(), untilNextCheck(session));
}

// A question that is open here is not answered by what happens elsewhere.
const UNDISTURBED: readonly SessionState['phase'][] = ['checking', 'recoveryAsked', 'recoveryFailed'];
const WAITING: readonly SessionState['phase'][] = ['signInNeeded', 'unreachable'];

onOtherTabs((message) => {
  const { phase } = sessionState.get();
  if (message.is === 'signedOut') {
    rememberSignOut(message.hadAccount);
    clearTimeout(timer);
    sessionState.set({ phase: 'signedOut', hadAccount: message.hadAccount });
    return;
  }
  if (message.is === 'changed') {
    foundElsewhere = message.userId;
  }
  // Where the same person has signed in again, a tab that shows their machines has nothing to do.
  if (message.is === 'active' ? WAITING.includes(phase) : !UNDISTURBED.includes(phase)) {
    void openSession();
  }
});
