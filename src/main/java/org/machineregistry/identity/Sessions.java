package org.machineregistry.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.Claims;
import org.machineregistry.address.ServiceAddress;
import org.machineregistry.http.Problems;

import com.aventrix.jnanoid.jnanoid.NanoIdUtils;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** Makes sessions. Nothing is stored: a session is its signed JWT. What is revoked before its time is, in {@link RevocationTable}. */
@Singleton
class Sessions {
    /** The claim that says whether a session is of somebody without an account. */
    static final String ANONYMOUS = "anonymous";
    /** The claim with what to call somebody. */
    static final String NAME = "name";
    /** The claim that says when the first of the sessions was signed that this one is renewed from; in seconds since the epoch. */
    static final String STARTED = "session_started";

    private final SecureRandom random = new SecureRandom();
    private final SessionsConfig config;
    private final SessionLifetime lifetime;
    private final ProviderSettings provider;
    private final SessionLimit limit;
    private final Clock clock;
    private final String issuer;
    private final Set<String> audiences;

    Sessions(SessionsConfig config, SessionLifetime lifetime, ProviderSettings provider, SessionLimit limit,
            Clock clock,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<Set<String>> audiences) {
        this.config = config;
        this.lifetime = lifetime;
        this.provider = provider;
        this.limit = limit;
        this.clock = clock;
        this.issuer = issuer.orElse("machine-registry");
        this.audiences = audiences.orElse(Set.of());
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
        return start(randomId(), true);
    }

    /** A session of its own, that no other is renewed from or to. */
    Session start(String userId, boolean anonymous) {
        return sign(new User(userId, clock.instant(), anonymous, randomId(), clock.instant().getEpochSecond()));
    }

    /** A session of its own for who has signed in with the OpenID provider. */
    Session signIn(ProviderPerson person) {
        return sign(new User(person.id(), clock.instant(), false, randomId(), clock.instant().getEpochSecond(),
                person.name(), person.teams(), Scope.SESSION));
    }

    /** 21 random characters. */
    String randomId() {
        return NanoIdUtils.randomNanoId(random, NanoIdUtils.DEFAULT_ALPHABET, NanoIdUtils.DEFAULT_SIZE);
    }

    private HttpProblem signInNeeded(ServiceAddress address) {
        HttpProblem.Builder problem = HttpProblem
                .builder(Problems.of(403, "Nobody can start a session here without signing in."));
        if (provider.isConfigured()) {
            problem.with("signInUrl", address + SignInFilter.PATH);
        }
        return problem.build();
    }

    /** It keeps its id: signing out ends the one before as well, which a browser or somebody else may still have. */
    Session renew(User user) {
        return sign(user);
    }

    /** A session of its own for who has a recovery link, and as old: what revokes the one revokes the other. */
    Session recover(User link) {
        return sign(new User(link.id(), clock.instant(), link.anonymous(), randomId(), link.startedAt()));
    }

    private Session sign(User unsigned) {
        Instant now = now();
        User user = new User(unsigned.id(), now.plus(lifetime.get()), unsigned.anonymous(), unsigned.sessionId(),
                unsigned.startedAt(), unsigned.name(), unsigned.teams(), Scope.SESSION);
        return Session.of(user, claims(Purpose.SESSION, user, now).groups(User.ROLE).sign());
    }

    /** The JWT of a link with which this person can come back. */
    String signRecovery(User user) {
        Instant now = now();
        User link = new User(user.id(), now.plus(RevocationTimes.YEAR), true, randomId(), user.startedAt());
        return claims(Purpose.RECOVERY, link, now).sign();
    }

    /** The JWT that says who somebody was before they signed in; what revokes that session revokes it, too. */
    String signEarlier(User earlier, String signedInAs, Instant expiresAt) {
        return claims(Purpose.EARLIER, earlier, now())
                .claim(EarlierPeople.SIGNED_IN_AS, signedInAs)
                .expiresAt(expiresAt)
                .sign();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The JWT of an API token. It began when the session did: what revokes all of the person's revokes it, too. */
    String signApiToken(User user, ApiTokenId id, NewApiToken request) {
        return claims(Purpose.API_TOKEN, user, now())
                .claim(Claims.jti.name(), id.text())
                .claim(Scope.CLAIM, request.scope())
                .claim("token_name", request.name())
                .expiresAt(id.expiresAt())
                .sign();
    }

    /** The JWT of an enrolment key, which began when the session did, as an API token does. */
    String signEnrolmentKey(User user, String id, long expiresAt, Map<String, Object> more) {
        JwtClaimsBuilder claims = claims(Purpose.ENROLMENT, user, now()).claim(Claims.jti.name(), id);
        more.forEach(claims::claim);
        return claims.remove(Teams.CLAIM).remove(NAME).expiresAt(expiresAt).sign();
    }

    private JwtClaimsBuilder claims(Purpose purpose, User user, Instant now) {
        JwtClaimsBuilder claims = Jwt.issuer(issuer)
                .subject(user.id())
                .audience(audiencesFor(purpose))
                .claim(Claims.jti.name(), user.sessionId())
                .claim(ANONYMOUS, user.anonymous())
                .claim(STARTED, user.startedAt())
                .issuedAt(now)
                .expiresAt(user.expiresAt());
        if (user.name() != null) {
            claims.claim(NAME, user.name());
        }
        List<String> teams = user.teams().claimed();
        return teams.isEmpty() ? claims : claims.claim(Teams.CLAIM, teams);
    }

    private Set<String> audiencesFor(Purpose purpose) {
        Set<String> all = new TreeSet<>(audiences);
        all.add(purpose.audience);
        return all;
    }
}
