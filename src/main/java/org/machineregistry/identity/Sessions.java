package org.machineregistry.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.machineregistry.address.ServiceAddress;
import org.machineregistry.http.Problems;

import com.aventrix.jnanoid.jnanoid.NanoIdUtils;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** Makes sessions. Nothing is stored: a session is its signed JWT. */
@Singleton
class Sessions {
    /** The claim that says whether a session is of somebody without an account. */
    static final String ANONYMOUS = "anonymous";

    private final SecureRandom random = new SecureRandom();
    private final SessionsConfig config;
    private final SessionLimit limit;
    private final Clock clock;
    private final boolean signs;
    private final String issuer;
    private final Optional<Set<String>> audiences;

    Sessions(SessionsConfig config, SessionLimit limit, Clock clock,
            @ConfigProperty(name = "smallrye.jwt.sign.key.location") Optional<String> keyLocation,
            @ConfigProperty(name = "smallrye.jwt.sign.key") Optional<String> key,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<Set<String>> audiences) {
        this.config = config;
        this.limit = limit;
        this.clock = clock;
        this.signs = keyLocation.isPresent() || key.isPresent();
        this.issuer = issuer.orElse("machine-registry");
        this.audiences = audiences;
    }

    /** Without a key of its own the service only passes on what an OpenID provider signed. */
    boolean signs() {
        return signs;
    }

    /**
     * @param network the caller's
     * @param address where they have reached the service
     * @throws HttpProblem 403, with where to sign in instead, where anonymous sessions are switched off; 429 after too many
     */
    Session startAnonymous(long network, ServiceAddress address) {
        if (!signs || !config.anonymous()) {
            throw signInNeeded(address);
        }
        limit.start(network);
        return sign(NanoIdUtils.randomNanoId(random, NanoIdUtils.DEFAULT_ALPHABET, NanoIdUtils.DEFAULT_SIZE), true);
    }

    private HttpProblem signInNeeded(ServiceAddress address) {
        HttpProblem.Builder problem = HttpProblem
                .builder(Problems.of(403, "Nobody can start a session here without signing in."));
        config.signInUrl().ifPresent(url -> problem.with("signInUrl", address.resolve(url)));
        return problem.build();
    }

    Session renew(User user) {
        return sign(user.id(), user.anonymous());
    }

    Session sign(String userId, boolean anonymous) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        User user = new User(userId, now.plus(config.lifetime()), anonymous);
        JwtClaimsBuilder claims = Jwt.issuer(issuer)
                .subject(userId)
                .groups(User.ROLE)
                .claim(ANONYMOUS, anonymous)
                .issuedAt(now)
                .expiresAt(user.expiresAt());
        audiences.ifPresent(claims::audience);
        return Session.of(user, claims.sign());
    }
}
