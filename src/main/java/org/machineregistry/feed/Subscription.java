package org.machineregistry.feed;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import org.machineregistry.change.Change;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.User;
import org.machineregistry.machine.list.Question;

/**
 * One open stream. It shows nothing before its snapshot, and says when what it shows is not live any more. Whatever changes while
 * it waits for a snapshot it shows only afterwards: the snapshot may be older, and nothing older is ever sent after something
 * newer.
 */
final class Subscription {
    /** A reader who missed more changes than this gets another snapshot instead. */
    static final int MOST_MISSED = 1_000;

    final User user;
    final Question question;
    final Owners owners;
    private final FeedOutput output;
    private final LiveState state;
    private final FeedEvents events;
    private final Set<Change> missed = new LinkedHashSet<>();
    private boolean missedTooMany;
    private int asked;
    private boolean waits;
    private boolean started;
    private boolean away;
    private boolean over;

    /** @param question for the list that it shows */
    Subscription(User user, Question question, FeedOutput output, LiveState state, FeedEvents events) {
        this.user = user;
        this.question = question;
        this.owners = question.owners();
        this.output = output;
        this.state = state;
        this.events = events;
    }

    // The reader's threads and the clock's send.

    /** From now on it waits for a snapshot that is read from now on. */
    synchronized SnapshotRequest ask() {
        waits = true;
        asked++;
        // The snapshot shows what was missed before it was asked for.
        missed.clear();
        missedTooMany = false;
        return new SnapshotRequest(this, asked);
    }

    /** @return whether this was the last snapshot that it waits for: what was missed meanwhile is to be sent next */
    synchronized boolean show(FeedEvent snapshot, int number) {
        output.send(snapshot);
        if (!started) {
            started = true;
            output.send(events.alive(state.now()));
        }
        if (away && state.isLive()) {
            away = false;
            output.send(events.back(state.now()));
        } else {
            leave();
        }
        waits = number != asked;
        return !waits;
    }

    /** Takes the changes that came while it waited for its snapshot. @return empty where they are too many to be told one by one */
    synchronized Optional<Set<Change>> takeMissed() {
        Optional<Set<Change>> all = missedTooMany ? Optional.empty() : Optional.of(new LinkedHashSet<>(missed));
        missed.clear();
        missedTooMany = false;
        return all;
    }

    /** Sends the event of a change; where it waits for a snapshot, remembers the change. */
    synchronized void send(Change change, FeedEvent event) {
        if (!waits) {
            output.send(event);
        } else if (!missedTooMany) {
            missed.add(change);
            missedTooMany = missed.size() > MOST_MISSED;
        }
    }

    /** So much changed that it needs its whole list. @return whether it waits for one, after which it gets another */
    synchronized boolean missMany() {
        missedTooMany |= waits;
        return waits;
    }

    /** Sends an event that is of no machine. */
    synchronized void send(FeedEvent event) {
        if (started) {
            output.send(event);
        }
    }

    /** Says that what it shows is not live any more, where that is so and was not said. */
    synchronized void leave() {
        if (started && !away && !state.isLive()) {
            away = true;
            output.send(events.away(state.asOf()));
        }
    }

    /** Refuses a stream that did not begin yet. @return whether it is over */
    synchronized boolean fail(Throwable failure) {
        if (!started) {
            over = true;
            output.refuse(failure);
        }
        return over;
    }

    synchronized void end() {
        over = true;
        output.end();
    }

    /** Its reader has gone. */
    synchronized void left() {
        over = true;
    }

    synchronized boolean isOver() {
        return over;
    }
}
