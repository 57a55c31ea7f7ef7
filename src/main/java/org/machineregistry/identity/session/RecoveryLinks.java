package org.machineregistry.identity.session;

import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.SignedId;
import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.Purpose;
import org.machineregistry.identity.jwt.SignedTokens;
import org.machineregistry.identity.jwt.TokenSigner;
import org.machineregistry.identity.jwt.UnusableTokenException;
import org.machineregistry.identity.revocation.RevocationTimes;
import org.machineregistry.identity.revocation.RevokedSessions;

/**
 * The way back for people without an account: a JWT that makes whoever has it that person again, as often as it is opened. It
 * outlives the session that it was made in, which is what it is for; what revokes all of the person's sessions revokes it, too.
 */
@Singleton
class RecoveryLinks {
    private static final String ASK_FOR_ANOTHER = " Copy a new one where you are still signed in.";

    private final TokenSigner signer;
    private final RevokedSessions revoked;
    private final SignedTokens signed;
    private final Audit audit;

    RecoveryLinks(TokenSigner signer, RevokedSessions revoked, SignedTokens signed, Audit audit) {
        this.signer = signer;
        this.revoked = revoked;
        this.signed = signed;
        this.audit = audit;
    }

    /** @throws HttpProblem 403 for who has an account, and can sign in again with it */
    String sign(User user) {
        if (!user.anonymous()) {
            throw Problems.of(403, "Only somebody without an account needs a recovery link. Sign in again instead.");
        }
        Instant now = signer.now();
        User link = new User(user.id(), now.plus(RevocationTimes.YEAR), true, signer.randomId(), user.startedAt());
        return signer.claims(Purpose.RECOVERY, link, now).sign();
    }

    /**
     * Whose it is.
     *
     * @throws HttpProblem 401, with what is wrong with it
     */
    User open(String jwt) {
        User person = read(jwt);
        if (revoked.isRevoked(person)) {
            throw refused("This recovery link was revoked: its person has signed out everywhere.");
        }
        return person;
    }

    private User read(String jwt) {
        try {
            return signed.open(jwt, Purpose.RECOVERY, RecoveryLinks::person);
        } catch (UnusableTokenException unusable) {
            throw refused((unusable.hasExpired()
                    ? "This recovery link has expired."
                    : "This is no recovery link of this service: it was made by another one, or is not whole.")
                    + ASK_FOR_ANOTHER);
        }
    }

    private static Optional<User> person(JsonWebToken claims) {
        return claims.getSubject() != null && Owners.isPerson(claims.getSubject())
                ? Optional.of(new User(claims.getSubject(), Instant.ofEpochSecond(claims.getExpirationTime()), true,
                        SignedId.of(claims), SignedTokens.startedAt(claims)))
                : Optional.empty();
    }

    private HttpProblem refused(String detail) {
        audit.count(AuditEvent.SESSION_REFUSED);
        return Problems.of(401, detail);
    }
}
