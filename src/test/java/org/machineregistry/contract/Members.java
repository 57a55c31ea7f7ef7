package org.machineregistry.contract;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.smallrye.jwt.build.Jwt;

/** People with an account, as a sign-in makes them: sessions that the service's own key signed, with the teams of a provider. */
final class Members {
    /** As {@code teams.administrators} of the tests has it. */
    static final String ADMINISTRATORS = "registry-admins";

    private Members() {}

    /** Somebody new. @param teams as they stand in the claim */
    static Api.Person of(String... teams) {
        return signedIn("person-" + UUID.randomUUID(), teams);
    }

    /** A new session of somebody. */
    static Api.Person signedIn(String userId, String... teams) {
        String jwt = Jwt.issuer("machine-registry")
                .subject(userId)
                .audience("urn:machine-registry:session")
                .claim("jti", UUID.randomUUID().toString())
                .claim("teams", List.of(teams))
                .expiresAt(Instant.now().plusSeconds(600))
                .sign();
        return new Api.Person(userId, jwt);
    }

    /** A team that no other test has. */
    static String anyTeam() {
        return "team-" + UUID.randomUUID();
    }
}
