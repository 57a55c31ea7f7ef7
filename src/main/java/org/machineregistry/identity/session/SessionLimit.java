package org.machineregistry.identity.session;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.jwt.SessionsConfig;
import org.machineregistry.limit.AttemptTable;

/**
 * Bounds how many anonymous people one address may become in a minute, how many recovery links and API tokens it may make and open or
 * revoke, and how many enrolment keys it may revoke: nobody knows whether a key or token that is revoked was ever made, and each takes a
 * place among all that the service can remember.
 */
@ApplicationScoped
public class SessionLimit {
    // 160 KiB for each of the four.
    private static final int BUCKETS = 1_024;

    private final AttemptTable started;
    private final AttemptTable links;
    private final AttemptTable tokens;
    private final AttemptTable keys;
    private final Audit audit;

    SessionLimit(SessionsConfig config, Audit audit) {
        this.started = new AttemptTable(config.anonymousRate(), BUCKETS, System::nanoTime);
        this.links = new AttemptTable(config.anonymousRate(), BUCKETS, System::nanoTime);
        this.tokens = new AttemptTable(config.anonymousRate(), BUCKETS, System::nanoTime);
        this.keys = new AttemptTable(config.anonymousRate(), BUCKETS, System::nanoTime);
        this.audit = audit;
    }

    /** @throws HttpProblem 429 where this caller has started as many sessions as one may */
    void start(long network) {
        add(network, started, "Too many sessions were started from your address. Try again in a minute.");
        audit.count(AuditEvent.SESSION_STARTED);
    }

    /** @throws HttpProblem 429 where this caller has made and opened as many recovery links as one may */
    void link(long network) {
        add(network, links,
                "Too many recovery links were made or opened from your address. Try again in a minute.");
    }

    /** @throws HttpProblem 429 where this caller has made and revoked as many API tokens as one may */
    public void token(long network) {
        add(network, tokens, "Too many API tokens were made or revoked from your address. Try again in a minute.");
    }

    /** @throws HttpProblem 429 where this caller has revoked as many enrolment keys as one may */
    public void revokedKey(long network) {
        add(network, keys, "Too many enrolment keys were revoked from your address. Try again in a minute.");
    }

    private void add(long network, AttemptTable attempts, String refusal) {
        if (!attempts.add(network)) {
            audit.count(AuditEvent.SESSION_LIMITED);
            throw Problems.tooManyRequests(Math.max(1, attempts.secondsToWait(network)), refusal);
        }
    }
}
