package org.machineregistry.identity.jwt;

import java.security.PublicKey;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.consumer.InvalidJwtException;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * Opens the JWTs that the service signed, whichever of its keys it was. They do not name it: there are two or three at most, and all of
 * them are tried for what is no good JWT alone.
 */
@Singleton
public class SignedTokens {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final JWTParser parser;
    private final FurtherKeys further;
    private final Clock clock;

    SignedTokens(JWTParser parser, FurtherKeys further, Clock clock) {
        this.parser = parser;
        this.further = further;
        this.clock = clock;
    }

    /**
     * Returns what a JWT says, if it is for this purpose alone and has not expired.
     *
     * @param read empty where something is missing that each of them has
     */
    public <T> T open(String jwt, Purpose purpose, Function<JsonWebToken, Optional<T>> read)
            throws UnusableTokenException {
        JsonWebToken token = verify(jwt);
        Optional<T> content = Optional.empty();
        try {
            if (purpose.isIn(token.getAudience())) {
                // The parser grants a minute or two more.
                if (!Instant.ofEpochSecond(token.getExpirationTime()).isAfter(clock.instant())) {
                    throw UnusableTokenException.expired(null);
                }
                content = read.apply(token);
            }
        } catch (RuntimeException odd) {
            throw unusable(odd);
        }
        return content.orElseThrow(() -> UnusableTokenException.foreign(null));
    }

    /** Checks the signature of a JWT for whichever purpose; one that expired a minute ago still passes. */
    public JsonWebToken verify(String jwt) throws UnusableTokenException {
        if (!CompactJwt.isOne(jwt)) {
            throw UnusableTokenException.foreign(null);
        }
        try {
            return parse(jwt);
        } catch (ParseException unreadable) {
            throw hasExpired(unreadable)
                    ? UnusableTokenException.expired(unreadable)
                    : UnusableTokenException.foreign(unreadable);
        } catch (RuntimeException odd) {
            throw unusable(odd);
        }
    }

    private JsonWebToken parse(String jwt) throws ParseException {
        ParseException refusal;
        try {
            return parser.parse(jwt);
        } catch (ParseException byOwnKey) {
            refusal = byOwnKey;
        }
        for (PublicKey key : further.all()) {
            try {
                return parser.verify(jwt, key);
            } catch (ParseException byThisKey) {
                refusal = hasExpired(byThisKey) ? byThisKey : refusal;
            }
        }
        throw refusal;
    }

    /** The signature was good, or its claims would not have been looked at. */
    private static boolean hasExpired(ParseException refusal) {
        return refusal.getCause() instanceof InvalidJwtException invalid && invalid.hasExpired();
    }

    private static UnusableTokenException unusable(RuntimeException odd) {
        if (!isOdd(odd)) {
            throw odd;
        }
        return UnusableTokenException.foreign(odd);
    }

    /** The claims of a JWT, whoever signed it. */
    public static JsonObject payload(String jwt) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(jwt.split("\\.")[1])));
    }

    /** When the first of the sessions was signed that it came of. Those of the versions before do not say it. */
    public static long startedAt(JsonWebToken jwt) {
        String started = String.valueOf(jwt.<Object>getClaim(TokenSigner.STARTED));
        if (NUMBER.matcher(started).matches()) {
            return Long.parseLong(started);
        }
        Long issuedAt = jwt.getClaim(Claims.iat);
        // One that does not say it counts as older than all that is revoked.
        return issuedAt == null ? 0 : issuedAt;
    }

    /** Whether a claim is of the wrong type, or a time beyond all calendars: well signed, and nothing that the service signs. */
    public static boolean isOdd(Throwable failure) {
        return failure instanceof ClassCastException || failure instanceof DateTimeException
                || failure instanceof ArithmeticException || failure instanceof DecodeException;
    }
}
