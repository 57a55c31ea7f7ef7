package org.machineregistry.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.KeyFiles;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.build.Jwt;

/** What is opened by which key, and for which purpose. */
class SignedTokensTest {
    private static final String ISSUER = "machine-registry";
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    static Path directory;
    private static KeyFiles own;
    private static KeyFiles older;
    private static KeyFiles elliptic;
    private static KeyFiles foreign;

    @BeforeAll
    static void make_keys() {
        own = KeyFiles.rsa(directory, "own", 2_048);
        older = KeyFiles.rsa(directory, "older", 2_048);
        elliptic = KeyFiles.ec(directory, "elliptic");
        foreign = KeyFiles.rsa(directory, "foreign", 2_048);
    }

    @Test
    void what_a_key_signed_that_stands_beside_is_opened_as_what_the_own_one_signed() throws Exception {
        SignedTokens tokens = tokens(older, elliptic);

        assertThat(open(tokens, signed(own, SignatureAlgorithm.RS256, Purpose.ENROLMENT, HOUR))).isEqualTo("somebody");
        assertThat(open(tokens, signed(older, SignatureAlgorithm.RS256, Purpose.ENROLMENT, HOUR)))
                .isEqualTo("somebody");
        assertThat(open(tokens, signed(elliptic, SignatureAlgorithm.ES256, Purpose.ENROLMENT, HOUR)))
                .isEqualTo("somebody");
    }

    @Test
    void what_another_key_signed_is_not() {
        assertRefused(false, tokens(older), signed(foreign, SignatureAlgorithm.RS256, Purpose.ENROLMENT, HOUR));
        assertRefused(false, tokens(), signed(older, SignatureAlgorithm.RS256, Purpose.ENROLMENT, HOUR));
    }

    @Test
    void what_has_expired_is_told_so_whichever_key_it_was() {
        for (KeyFiles key : List.of(own, older)) {
            for (Duration ago : List.of(Duration.ofSeconds(1), HOUR)) {
                assertRefused(true, tokens(older),
                        signed(key, SignatureAlgorithm.RS256, Purpose.ENROLMENT, ago.negated()));
            }
        }
        assertRefused(false, tokens(older),
                signed(foreign, SignatureAlgorithm.RS256, Purpose.ENROLMENT, HOUR.negated()));
    }

    @Test
    void what_is_for_another_purpose_is_not_opened_by_any_key() {
        for (KeyFiles key : List.of(own, older)) {
            assertRefused(false, tokens(older), signed(key, SignatureAlgorithm.RS256, Purpose.RECOVERY, HOUR));
        }
    }

    @Test
    void what_is_no_jwt_or_is_not_whole_is_not_opened() {
        String jwt = signed(older, SignatureAlgorithm.RS256, Purpose.ENROLMENT, HOUR);

        for (String odd : List.of("", "nonsense", "a.b.c", jwt + "=", jwt.substring(0, jwt.lastIndexOf('.') + 1))) {
            assertRefused(false, tokens(older), odd);
        }
    }

    @Test
    void what_is_no_public_key_is_named() throws IOException {
        KeyFiles weak = KeyFiles.rsa(directory, "weak", 1_024);
        Path two = Files.writeString(directory.resolve("two.pem"),
                Files.readString(older.publicKey()) + Files.readString(foreign.publicKey()));
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");

        assertNotTaken(directory.resolve("nowhere.pem"), "there is no readable file");
        assertNotTaken(directory, "there is no readable file");
        assertNotTaken(older.privateKey(), "is not one public key in PEM");
        assertNotTaken(two, "is not one public key in PEM");
        assertNotTaken(empty, "is not one public key in PEM");
        assertNotTaken(weak.publicKey(), "is an RSA key of 1024 bits");
        assertThatThrownBy(() -> new FurtherKeys(config(List.of("https://id.example.org/key.pem"))))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("must be a file");
    }

    private static void assertNotTaken(Path file, String why) {
        assertThatThrownBy(() -> new FurtherKeys(config(List.of(own.publicKey().toString(), file.toString()))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(FurtherKeys.SETTING + ": ")
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why);
    }

    private static void assertRefused(boolean expired, SignedTokens tokens, String jwt) {
        assertThatThrownBy(() -> open(tokens, jwt)).isInstanceOfSatisfying(UnusableTokenException.class,
                refusal -> assertThat(refusal.hasExpired()).isEqualTo(expired));
    }

    private static String open(SignedTokens tokens, String jwt) throws UnusableTokenException {
        return tokens.open(jwt, Purpose.ENROLMENT, token -> Optional.ofNullable(token.getSubject()));
    }

    private static SignedTokens tokens(KeyFiles... further) {
        JWTAuthContextInfo settings = new JWTAuthContextInfo(own.key(), ISSUER);
        List<String> files = List.of(further).stream().map(pair -> pair.publicKey().toString()).toList();
        return new SignedTokens(new DefaultJWTParser(settings), new FurtherKeys(config(files)), Clock.systemUTC());
    }

    private static String signed(KeyFiles key, SignatureAlgorithm algorithm, Purpose purpose, Duration left) {
        return Jwt.issuer(ISSUER).subject("somebody").audience(Set.of(purpose.audience))
                .issuedAt(Instant.now().minus(Duration.ofDays(1)))
                .expiresAt(Instant.now().plus(left))
                .jws().algorithm(algorithm).sign(key.privateKey().toString());
    }

    private static SessionsConfig config(List<String> furtherKeys) {
        return new SmallRyeConfigBuilder().withMapping(SessionsConfig.class)
                .withDefaultValue(FurtherKeys.SETTING, String.join(",", furtherKeys))
                .build().getConfigMapping(SessionsConfig.class);
    }
}
