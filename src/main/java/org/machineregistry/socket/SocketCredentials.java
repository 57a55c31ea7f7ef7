package org.machineregistry.socket;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.Change;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;
import org.machineregistry.credential.CredentialCache;
import org.machineregistry.credential.CredentialLookup;
import org.machineregistry.credential.MachineCredential;
import org.machineregistry.credential.MachineCredential.Match;
import org.machineregistry.timer.Timers;

/** Closes sockets whose token died, or whose machine opened a newer one, at whichever replica that happened. */
@ApplicationScoped
class SocketCredentials {
    private static final int RETRY_MILLIS = 1_000;

    private final OpenSockets sockets;
    private final CredentialLookup lookup;
    private final CredentialCache cache;
    private final Timers timers;

    SocketCredentials(OpenSockets sockets, CredentialLookup lookup, CredentialCache cache, Timers timers) {
        this.sockets = sockets;
        this.lookup = lookup;
        this.cache = cache;
        this.timers = timers;
    }

    void changed(@Observes Changes changes) {
        for (Change change : changes.all()) {
            OpenSocket socket = sockets.find(change.machineId());
            if (socket != null) {
                changed(change, socket);
            }
        }
    }

    private void changed(Change change, OpenSocket socket) {
        switch (change.kind()) {
            case REMOVED -> {
                socket.deleted = true;
                socket.close(SocketClose.TOKEN_NO_LONGER_GOOD);
            }
            case ROTATED -> read(socket);
            case CONNECTED -> {
                if (change.connection() > socket.number) {
                    socket.close(SocketClose.TAKEN_OVER);
                }
            }
            default -> {
                // The other kinds mean nothing for a socket.
            }
        }
    }

    /** A deletion, a rotation or a newer socket may have gone unheard. */
    void resync(@Observes Resync resync) {
        if (resync.missed()) {
            sockets.newest().forEach(this::read);
        }
    }

    /** Looks whether a socket that just opened did so with a token that has an end. */
    void check(OpenSocket socket) {
        MachineCredential known = cache.find(socket.machineId);
        if (known == null) {
            read(socket);
        } else {
            judge(socket, known);
        }
    }

    private void read(OpenSocket socket) {
        lookup.find(socket.machineId)
                .subscribe()
                .with(
                        found -> judge(socket, found),
                        failure -> readLater(socket));
    }

    /** No announcement comes again: until the database answers, nobody knows whether the token is good. */
    private void readLater(OpenSocket socket) {
        if (sockets.find(socket.machineId) == socket) {
            timers.after(RETRY_MILLIS, () -> read(socket));
        }
    }

    private void judge(OpenSocket socket, MachineCredential credential) {
        Match match = MachineCredential.match(credential, socket.secretHash);
        if (match == Match.NONE) {
            socket.close(SocketClose.TOKEN_NO_LONGER_GOOD);
        } else if (credential.connectionNumber() > socket.number) {
            socket.close(SocketClose.TAKEN_OVER);
        } else if (match == Match.CURRENT && credential.isRotating()) {
            // It may have ended since it was matched.
            long millisLeft = Math.max(0, TimeUnit.NANOSECONDS.toMillis(credential.nanosLeft()));
            timers.after(millisLeft + 1, () -> read(socket));
        }
    }
}
