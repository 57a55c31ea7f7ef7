package org.machineregistry.enrolment;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.SignedId;
import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.Purpose;
import org.machineregistry.identity.jwt.SignedTokens;
import org.machineregistry.identity.jwt.TokenSigner;
import org.machineregistry.identity.jwt.UnusableTokenException;
import org.machineregistry.identity.revocation.RevocationTable;
import org.machineregistry.identity.revocation.RevokedSessions;

import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.vertx.core.json.JsonObject;

/** Signs, reads and revokes the JWTs of enrolment keys. They are no session: whoever has one is nobody. */
@Singleton
class EnrolmentTokens {
    /**
     * One that is good now.
     *
     * @param person who made it
     * @param claims what they wrote into it, and more
     */
    record Signed(String id, String person, boolean anonymous, Map<String, Object> claims) {}

    private static final String MADE_WITH = "made_with";
    private static final String NONE = "This is no enrolment key of this service: it was made by another one, or is not whole.";

    private final TokenSigner signer;
    private final RevocationTable revocations;
    private final RevokedSessions revoked;
    private final SignedTokens signed;
    private final Audit audit;

    EnrolmentTokens(TokenSigner signer, RevocationTable revocations, RevokedSessions revoked, SignedTokens signed,
            Audit audit) {
        this.signer = signer;
        this.revocations = revocations;
        this.revoked = revoked;
        this.signed = signed;
        this.audit = audit;
    }

    String randomId() {
        return signer.randomId();
    }

    /** SHA-256 in base64url. */
    static String hash(String text) {
        return SignedId.hash(text);
    }

    /**
     * It began when the session did with which it is made: what revokes all of the person's revokes it, too; and so does what revokes the
     * API token with which it is made. The person's name and teams are not in it.
     *
     * @param expiresAt in seconds since the epoch
     */
    String sign(User maker, String id, long expiresAt, Map<String, Object> claims) {
        User nobody = new User(maker.id(), maker.expiresAt(), maker.anonymous(), maker.sessionId(), maker.startedAt());
        JwtClaimsBuilder jwt = signer.claims(Purpose.ENROLMENT, nobody, signer.now()).claim(Claims.jti.name(), id);
        if (maker.scope() != Scope.SESSION) {
            jwt.claim(MADE_WITH, maker.sessionId());
        }
        claims.forEach(jwt::claim);
        return jwt.expiresAt(expiresAt).sign();
    }

    /** @throws HttpProblem 401, with what is wrong with it */
    Signed read(String jwt) {
        try {
            return signed.open(jwt, Purpose.ENROLMENT, this::requireGood);
        } catch (UnusableTokenException unusable) {
            throw refused(unusable.hasExpired() ? "This enrolment key has expired." : NONE);
        }
    }

    private Optional<Signed> requireGood(JsonWebToken parsed) {
        JsonObject claims = SignedTokens.payload(parsed.getRawToken());
        String id = parsed.getTokenID();
        if (id == null || !(claims.getValue("owner") instanceof String owner)) {
            return Optional.empty();
        }
        if (revoked.isRevoked(owner, revokedAs(owner, id), Long.MAX_VALUE)
                || revoked.isRevoked(parsed.getSubject(), id, SignedTokens.startedAt(parsed))
                || claims.getValue(MADE_WITH) instanceof String token
                        && revoked.isRevoked(parsed.getSubject(), token, Long.MAX_VALUE)) {
            throw refused("This enrolment key was revoked.");
        }
        return Optional.of(new Signed(id, parsed.getSubject(),
                Boolean.TRUE.equals(claims.getValue(TokenSigner.ANONYMOUS)), claims.getMap()));
    }

    private HttpProblem refused(String detail) {
        audit.count(AuditEvent.ENROLMENT_KEY_REFUSED);
        return Problems.of(401, detail);
    }

    /** Revokes one of this owner's, for as long as it would be good. */
    void revoke(User user, String owner, String id, long expiresAt) {
        revocations.revoke(user, owner, revokedAs(owner, id), expiresAt);
    }

    /** The owner is a part of it: an id alone, which is no secret, says nothing. */
    private static String revokedAs(String owner, String id) {
        return "key:" + SignedId.hash(owner + '\n' + id);
    }
}
