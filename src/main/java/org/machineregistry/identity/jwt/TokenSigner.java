package org.machineregistry.identity.jwt;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.Claims;
import org.machineregistry.identity.Teams;
import org.machineregistry.identity.User;

import com.aventrix.jnanoid.jnanoid.NanoIdUtils;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** Begins the JWTs that the service signs: whatever one is for, its claims of a person are the same. {@link SignedTokens} opens them. */
@Singleton
public class TokenSigner {
    /** The claim that says whether a session is of somebody without an account. */
    public static final String ANONYMOUS = "anonymous";
    /** The claim with what to call somebody. */
    public static final String NAME = "name";
    /** The claim that says when the first of the sessions was signed that this one is renewed from; in seconds since the epoch. */
    static final String STARTED = "session_started";

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final String issuer;
    private final Set<String> audiences;

    TokenSigner(Clock clock, @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<Set<String>> audiences) {
        this.clock = clock;
        this.issuer = issuer.orElse("machine-registry");
        this.audiences = audiences.orElse(Set.of());
    }

    /** 21 random characters. */
    public String randomId() {
        return NanoIdUtils.randomNanoId(random, NanoIdUtils.DEFAULT_ALPHABET, NanoIdUtils.DEFAULT_SIZE);
    }

    /** The time of now, as exact as a JWT says it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The claims of a JWT that is for this purpose alone, to be completed and signed. */
    public JwtClaimsBuilder claims(Purpose purpose, User user, Instant now) {
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
