package org.machineregistry.identity;

import java.time.Clock;
import java.time.Instant;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.Problems;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;

/**
 * The way back for people without an account: a JWT that makes whoever has it that person again, as often as it is opened. It
 * outlives the session that it was made in, which is what it is for; what revokes all of the person's sessions revokes it, too.
 */
@Singleton
class RecoveryLinks {
    private static final String ASK_FOR_ANOTHER = " Copy a new one where you are still signed in.";

    private final Sessions sessions;
    private final RevokedSessions revoked;
    private final JWTParser parser;
    private final Audit audit;
    private final Clock clock;

    RecoveryLinks(Sessions sessions, RevokedSessions revoked, JWTParser parser, Audit audit, Clock clock) {
        this.sessions = sessions;
        this.revoked = revoked;
        this.parser = parser;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws HttpProblem 403 for who has an account, and can sign in again with it */
    String sign(User user) {
        if (!user.anonymous()) {
            throw Problems.of(403, "Only somebody without an account needs a recovery link. Sign in again instead.");
        }
        return sessions.signRecovery(user);
    }

    /**
     * Whose it is.
     *
     * @throws HttpProblem 401, with what is wrong with it
     */
    User open(String jwt) {
        User person = read(jwt);
        if (!person.expiresAt().isAfter(clock.instant())) {
            throw refused("This recovery link has expired." + ASK_FOR_ANOTHER);
        }
        if (revoked.isRevoked(person)) {
            throw refused("This recovery link was revoked: its person has signed out everywhere.");
        }
        return person;
    }

    private User read(String jwt) {
        try {
            JsonWebToken claims = CompactJwt.isOne(jwt) ? parser.parse(jwt) : null;
            if (claims != null && Purpose.RECOVERY.isIn(claims.getAudience()) && isPerson(claims.getSubject())) {
                return new User(claims.getSubject(), Instant.ofEpochSecond(claims.getExpirationTime()), true,
                        SignedId.of(claims), VerifiedTokens.startedAt(claims));
            }
        } catch (ParseException unreadable) {
            // The signature was good, or its claims would not have been looked at.
            if (unreadable.getCause() instanceof InvalidJwtException invalid && invalid.hasExpired()) {
                throw refused("This recovery link has expired." + ASK_FOR_ANOTHER);
            }
        } catch (RuntimeException odd) {
            if (!VerifiedTokens.isOdd(odd)) {
                throw odd;
            }
        }
        throw refused("This is no recovery link of this service: it was made by another one, or is not whole."
                + ASK_FOR_ANOTHER);
    }

    private static boolean isPerson(String subject) {
        return subject != null && Owners.mayOwn(subject) && !Owners.isTeam(subject);
    }

    private HttpProblem refused(String detail) {
        audit.count(AuditEvent.SESSION_REFUSED);
        return Problems.of(401, detail);
    }
}
