package org.machineregistry.enrolment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import org.machineregistry.enrolment.EnrolmentTokens.Signed;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.Role;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.User;
import org.machineregistry.label.LabelJson;
import org.machineregistry.machine.registration.MachineSettings;

/**
 * Makes, opens and revokes the keys with which machines register themselves. Nothing is stored: a key is a signed JWT behind
 * {@value #PREFIX}, so that secret scanners recognise it.
 */
@Singleton
public class EnrolmentKeys {
    private static final String PREFIX = "mre_";
    private static final String BEARER = "Bearer ";
    private static final String OWNER = "owner";
    private static final String ALERT_AFTER = "alert_after_seconds";
    private static final String REMOVE_AFTER = "remove_after_seconds";
    private static final String LABELS = "labels";
    private static final String USES = "uses";
    // Clocks differ.
    private static final Duration SLACK = Duration.ofHours(1);

    private final EnrolmentTokens tokens;
    private final Clock clock;

    EnrolmentKeys(EnrolmentTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    EnrolmentKey make(User user, NewEnrolmentKey request) {
        String owner = Owners.chosen(user, request.owner());
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(request.lifetime());
        if (user.scope() != Scope.SESSION && expiresAt.isAfter(user.expiresAt())) {
            throw Problems.of(403,
                    "The key would outlive the token that it is made with. Choose an earlier expiry.");
        }
        KeyId id = KeyId.of(expiresAt.getEpochSecond(), tokens.randomId(), owner);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(OWNER, owner);
        claims.put("key_name", request.name());
        if (request.alertAfterSeconds() != null) {
            claims.put(ALERT_AFTER, request.alertAfterSeconds());
        }
        if (request.removeAfterSeconds() != null) {
            claims.put(REMOVE_AFTER, request.removeAfterSeconds());
        }
        if (request.labels() != null) {
            claims.put(LABELS, LabelJson.of(request.labels()));
        }
        if (request.uses() != null) {
            claims.put(USES, request.uses());
        }
        return new EnrolmentKey(id.text(), PREFIX + tokens.sign(user, id.text(), id.expiresAt(), claims),
                expiresAt.toEpochMilli());
    }

    /**
     * Tells what a key lets in.
     *
     * @param authorization the header; null for none
     * @throws HttpProblem 401, which says what is wrong with the key
     */
    public OpenedKey open(String authorization) {
        String jwt = jwtOf(authorization);
        if (jwt == null) {
            throw Problems.of(401, "This needs an enrolment key: Authorization: Bearer mre_…");
        }
        Signed key = tokens.read(jwt);
        String owner = String.valueOf(key.claims().get(OWNER));
        return new OpenedKey(key.id(), owner, key.anonymous() && owner.equals(key.person()),
                new MachineSettings(number(key, ALERT_AFTER), number(key, REMOVE_AFTER),
                        key.claims().get(LABELS) instanceof String labels ? labels : LabelJson.NONE),
                number(key, USES));
    }

    private static String jwtOf(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String key = authorization.substring(BEARER.length()).trim();
        return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : null;
    }

    private static Integer number(Signed key, String claim) {
        return key.claims().get(claim) instanceof Number number ? Integer.valueOf(number.intValue()) : null;
    }

    /**
     * Revokes a key, whoever of its owner made it. Of one that was revoked before, or has expired, nothing is changed.
     *
     * @param owner whose it is, for who may do that with everybody's; null for one of the caller's or of their teams
     * @throws HttpProblem 404 for what can be no id of a key that the caller may revoke
     */
    void revoke(User user, String keyId, String owner) {
        KeyId id = (owner == null ? ownersOf(user) : Stream.of(Owners.chosen(user, owner)))
                .flatMap(possible -> KeyId.parse(keyId, possible).stream())
                .findFirst()
                .orElseThrow(() -> Problems.notFound("No enrolment key that you may revoke has this id."));
        long now = clock.instant().getEpochSecond();
        // A made-up one would be remembered for ages.
        boolean isPossible = id.expiresAt() <= now + NewEnrolmentKey.LONGEST_SECONDS + SLACK.toSeconds();
        if (isPossible && id.expiresAt() > now - SLACK.toSeconds()) {
            tokens.revoke(user, id.owner(), keyId, id.expiresAt());
        }
    }

    private static Stream<String> ownersOf(User user) {
        return Stream.concat(Stream.of(user.id()), user.teams().roles().keySet().stream())
                .filter(owner -> user.roleOn(owner).filter(role -> role.includes(Role.OPERATOR)).isPresent());
    }
}
