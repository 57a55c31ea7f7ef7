package org.machineregistry.identity.session;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.machineregistry.address.ServiceAddress;
import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.Purpose;
import org.machineregistry.identity.jwt.SessionLifetime;
import org.machineregistry.identity.jwt.SessionsConfig;
import org.machineregistry.identity.jwt.TokenSigner;
import org.machineregistry.identity.provider.ProviderPerson;
import org.machineregistry.identity.provider.ProviderSettings;
import org.machineregistry.identity.revocation.RevocationTable;

/** Makes sessions. Nothing is stored: a session is its signed JWT. What is revoked before its time is, in {@link RevocationTable}. */
@Singleton
public class Sessions {
    private final SessionsConfig config;
    private final SessionLifetime lifetime;
    private final ProviderSettings provider;
    private final SessionLimit limit;
    private final TokenSigner signer;
    private final Clock clock;
    private final DatabaseAvailability database;

    Sessions(SessionsConfig config, SessionLifetime lifetime, ProviderSettings provider, SessionLimit limit,
            TokenSigner signer, Clock clock, DatabaseAvailability database) {
        this.config = config;
        this.lifetime = lifetime;
        this.provider = provider;
        this.limit = limit;
        this.signer = signer;
        this.clock = clock;
        this.database = database;
    }

    /**
     * @param network the caller's
     * @param address where they have reached the service
     * @throws HttpProblem 403, with where to sign in instead, where anonymous sessions are switched off; 429 after too many
     */
    Session startAnonymous(long network, ServiceAddress address) {
        if (!config.anonymous()) {
            throw signInNeeded(address);
        }
        limit.start(network);
        return start(signer.randomId(), true);
    }

    /** A session of its own, that no other is renewed from or to. */
    Session start(String userId, boolean anonymous) {
        return sign(new User(userId, clock.instant(), anonymous, signer.randomId(), startsAt()));
    }

    /** A session of its own for who has signed in with the OpenID provider. */
    public Session signIn(ProviderPerson person) {
        return sign(new User(person.id(), clock.instant(), false, signer.randomId(), startsAt(),
                person.name(), person.teams(), Scope.SESSION));
    }

    /** By the database's clock, by which all of a person's sessions up to now are revoked: this replica's may be ahead. */
    private long startsAt() {
        return TimeUnit.MILLISECONDS.toSeconds(database.epochMillis());
    }

    private HttpProblem signInNeeded(ServiceAddress address) {
        HttpProblem problem = Problems.of(403, "Nobody can start a session here without signing in.");
        return provider.isConfigured()
                ? problem.with("signInUrl", address + ProviderSettings.SIGN_IN_PATH)
                : problem;
    }

    /** It keeps its id: signing out ends the one before as well, which a browser or somebody else may still have. */
    Session renew(User user) {
        return sign(user);
    }

    /** A session of its own for who has a recovery link, and as old: what revokes the one revokes the other. */
    Session recover(User link) {
        return sign(new User(link.id(), clock.instant(), link.anonymous(), signer.randomId(), link.startedAt()));
    }

    private Session sign(User unsigned) {
        Instant now = signer.now();
        User user = new User(unsigned.id(), lifetime.end(unsigned, now), unsigned.anonymous(), unsigned.sessionId(),
                unsigned.startedAt(), unsigned.name(), unsigned.teams(), Scope.SESSION);
        return Session.of(user, signer.claims(Purpose.SESSION, user, now).groups(User.ROLE).sign());
    }
}
