package org.machineregistry.identity.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.machineregistry.address.ServiceAddress;
import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.Scope;
import org.machineregistry.identity.SignedId;
import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.Purpose;
import org.machineregistry.identity.jwt.SignedTokens;
import org.machineregistry.identity.jwt.TokenSigner;
import org.machineregistry.identity.jwt.UnusableTokenException;
import org.machineregistry.identity.provider.ProviderPerson;
import org.machineregistry.identity.revocation.RevocationTable;
import org.machineregistry.identity.revocation.RevokedSessions;

import io.vertx.ext.web.RoutingContext;

/**
 * Knows for a while, after somebody signed in, who this browser was before without an account. A cookie says it, which goes to the
 * one address that asks: a signed JWT for that alone, in which stands who signed in. So nobody else can use it, and nobody can give
 * their own to another.
 */
@Singleton
public class EarlierPeople {
    public static final String PATH = SessionResource.PATH + "/earlier-machines";
    /** The claim that says who signed in. */
    private static final String SIGNED_IN_AS = "signed_in_as";
    private static final String NAME = "machine_earlier_";
    private static final Duration KNOWN = Duration.ofMinutes(15);

    private final TokenSigner signer;
    private final SignedTokens signed;
    private final RevokedSessions revoked;
    private final RevocationTable revocations;
    private final ServiceId service;
    private final ServiceAddresses addresses;
    private final Clock clock;

    EarlierPeople(TokenSigner signer, SignedTokens signed, RevokedSessions revoked, RevocationTable revocations,
            ServiceId service, ServiceAddresses addresses, Clock clock) {
        this.signer = signer;
        this.signed = signed;
        this.revoked = revoked;
        this.revocations = revocations;
        this.service = service;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * The cookie for the answer to who signs in; empty where this browser was nobody without an account before. An API token is not a
     * browser: who holds one may not take the machines of the person that it is of.
     */
    public Optional<NewCookie> remembered(Optional<User> before, ProviderPerson person, RoutingContext context) {
        return before.filter(user -> user.anonymous() && user.scope() == Scope.SESSION).map(earlier -> {
            Instant until = clock.instant().plus(KNOWN);
            return cookie(sign(earlier, person.id(), until), KNOWN, context);
        });
    }

    /** What revokes the session revokes it, too. */
    private String sign(User earlier, String signedInAs, Instant expiresAt) {
        return signer.claims(Purpose.EARLIER, earlier, signer.now())
                .claim(SIGNED_IN_AS, signedInAs)
                .expiresAt(expiresAt)
                .sign();
    }

    /** Who the caller was before; empty where nobody knows it, or it was signed out since. */
    public Optional<User> of(User caller, RoutingContext context) {
        return SessionCookie.valuesOf(name(), context.request()).stream()
                .flatMap(jwt -> read(jwt, caller).stream())
                .filter(earlier -> !revoked.isRevoked(earlier))
                .findFirst();
    }

    private Optional<User> read(String jwt, User caller) {
        try {
            return Optional.of(signed.open(jwt, Purpose.EARLIER, token -> earlier(token, caller)));
        } catch (UnusableTokenException unusable) {
            // It is taken for one that has gone: a browser cannot drop it.
            return Optional.empty();
        }
    }

    private static Optional<User> earlier(JsonWebToken token, User caller) {
        String subject = token.getSubject();
        boolean isOfCaller = caller.id().equals(SignedTokens.payload(token.getRawToken()).getValue(SIGNED_IN_AS));
        return isOfCaller && subject != null && Owners.isPerson(subject)
                ? Optional.of(new User(subject, Instant.ofEpochSecond(token.getExpirationTime()), true,
                        SignedId.of(token), SignedTokens.startedAt(token)))
                : Optional.empty();
    }

    /** Revokes all that this person had, within the current transaction: they have nothing any more that it would lead to. */
    public void end(User earlier) {
        revocations.revokeAll(earlier);
    }

    /** The cookie for the answer where nobody is to be asked again. */
    public NewCookie cleared(RoutingContext context) {
        return cookie("", Duration.ZERO, context);
    }

    private String name() {
        return NAME + service.get();
    }

    private NewCookie cookie(String jwt, Duration kept, RoutingContext context) {
        ServiceAddress address = addresses.of(context);
        return new NewCookie.Builder(name()).value(jwt)
                .path(address.path() + PATH)
                .httpOnly(true)
                // The page alone asks.
                .sameSite(NewCookie.SameSite.STRICT)
                .secure(address.isOverTls())
                .maxAge((int) kept.toSeconds())
                .build();
    }
}
