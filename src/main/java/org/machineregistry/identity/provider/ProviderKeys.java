package org.machineregistry.identity.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.machineregistry.identity.provider.ProviderDocuments.Known;
import org.machineregistry.timer.Timers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.micrometer.core.instrument.Counter;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The keys of one OpenID provider, read in the background: when the service starts, every few minutes, and where a token has one that
 * is not known. However many ask, the provider is asked once at a time, and no more often than every {@link #PAUSE}; no thread waits for
 * it. What was read stays good while the provider is down.
 */
class ProviderKeys {
    private static final Logger LOG = Logger.getLogger(ProviderKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(5);
    // A key that the provider takes back ends soon.
    private static final long OLD = TimeUnit.MINUTES.toNanos(5);
    private static final int MOST_WAITING = 100;
    private static final int LONGEST_KEY_ID = 200;

    /** Keys that the provider did not have a moment ago, so that asking for one again and again costs nothing. */
    private final Cache<String, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();
    private final AtomicInteger waiting = new AtomicInteger();
    private final IssuerSettings settings;
    private final String lost;
    private final ProviderDocuments documents;
    private final Timers timers;
    private final Vertx vertx;
    private final Counter failures;
    private volatile Known known;
    private CompletableFuture<Known> asked;
    private long askedAt;
    private boolean isDown;

    /** @param lost what cannot be done while it does not answer */
    ProviderKeys(IssuerSettings settings, String lost, Timers timers, Vertx vertx, Counter failures) {
        this.settings = settings;
        this.lost = lost;
        this.documents = new ProviderDocuments(settings, vertx);
        this.timers = timers;
        this.vertx = vertx;
        this.failures = failures;
    }

    void readInBackground() {
        fresh().subscribe().with(read -> {
        }, failure -> {
        });
        timers.every(RETRY.toMillis(), this::readIfDue);
    }

    private void readIfDue() {
        if (isDue()) {
            fresh().subscribe().with(read -> {
            }, failure -> {
            });
        }
    }

    private synchronized boolean isDue() {
        return isDown || System.nanoTime() - askedAt > OLD;
    }

    /** The address at which a browser signs out at the provider, if that is known. */
    Optional<String> endSession() {
        return Optional.ofNullable(known).flatMap(Known::endSession);
    }

    /** The keys as they were read last; empty while nothing was ever read. */
    Optional<Known> known() {
        return Optional.ofNullable(known);
    }

    /** Returns the provider's keys as they are, or were up to {@link #PAUSE} ago. Fails with {@link ProviderUnavailableException}. */
    Uni<Known> fresh() {
        return Uni.createFrom().completionStage(this::ask)
                .onFailure(java.util.concurrent.CompletionException.class).transform(Throwable::getCause);
    }

    private synchronized CompletableFuture<Known> ask() {
        if (asked == null || asked.isDone() && millisToWait() <= 0) {
            CompletableFuture<Known> answer = new CompletableFuture<>();
            asked = answer;
            askedAt = System.nanoTime();
            documents.read().subscribe().with(read -> succeeded(read, answer), failure -> failed(failure, answer));
        }
        return asked;
    }

    private synchronized long millisToWait() {
        return asked == null
                ? 0
                : PAUSE.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedAt);
    }

    private void succeeded(Known read, CompletableFuture<Known> answer) {
        known = read;
        note(null);
        answer.complete(read);
    }

    private void failed(Throwable failure, CompletableFuture<Known> answer) {
        failures.increment();
        note(failure);
        answer.completeExceptionally(failure);
    }

    private synchronized void note(Throwable failure) {
        if (failure != null && !isDown) {
            LOG.warnf("The OpenID provider %s cannot be reached; until it can, %s: %s",
                    settings.serverUrl(), lost, failure.getMessage());
        } else if (failure == null && isDown) {
            LOG.infof("The OpenID provider %s can be reached again", settings.serverUrl());
        }
        isDown = failure != null;
    }

    /**
     * The key that signed this. One that is not known is asked for, without holding up whoever has one that is.
     *
     * <p>Fails with {@link AuthenticationFailedException} where the provider has no such key, and with
     * {@link ProviderUnavailableException} where that cannot be found out.
     */
    Uni<JsonWebKey> find(JsonWebSignature signed) {
        Known now = known;
        if (now == null) {
            return Uni.createFrom().failure(new ProviderUnavailableException("The keys were never read", null));
        }
        JsonWebKey key = select(signed, now);
        if (key != null) {
            return Uni.createFrom().item(key);
        }
        String id = signed.getKeyIdHeaderValue();
        if (id == null || id.length() > LONGEST_KEY_ID || unknown.getIfPresent(id) != null) {
            return Uni.createFrom().failure(new AuthenticationFailedException("The provider has no such key"));
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Uni.createFrom().failure(new ProviderUnavailableException("Too many ask for unknown keys", null));
        }
        return askFor(id, signed).onTermination().invoke(waiting::decrementAndGet);
    }

    /** The keys that were read before the token came may be older than its key. */
    private Uni<JsonWebKey> askFor(String id, JsonWebSignature signed) {
        long wait = Math.max(1, millisToWait());
        Context loop = vertx.getOrCreateContext();
        return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(wait))
                .chain(this::fresh)
                // The request goes on where it came in.
                .emitOn(command -> loop.runOnContext(later -> command.run()))
                .map(read -> select(signed, read))
                .onItem().ifNull().switchTo(() -> {
                    unknown.put(id, Boolean.TRUE);
                    return Uni.createFrom().failure(new AuthenticationFailedException("The provider has no such key"));
                });
    }

    private static JsonWebKey select(JsonWebSignature signed, Known among) {
        try {
            return new VerificationJwkSelector().select(signed, among.keys());
        } catch (JoseException odd) {
            return null;
        }
    }
}
