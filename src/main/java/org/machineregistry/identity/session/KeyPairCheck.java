package org.machineregistry.identity.session;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.machineregistry.identity.jwt.FurtherKeys;
import org.machineregistry.identity.jwt.SessionsConfig;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.JwtException;

/** Tries the keys: one that is none, or not the other's pair, would else show only when the first person comes. */
@Singleton
public class KeyPairCheck {
    private static final int LONGEST_NAME_AND_USER = 500;

    private final Sessions sessions;
    private final JWTParser parser;
    private final SessionsConfig config;
    private final FutureTask<Void> trial = new FutureTask<>(this::tryKeys, null);

    KeyPairCheck(Sessions sessions, JWTParser parser, SessionsConfig config) {
        this.sessions = sessions;
        this.config = config;
        this.parser = parser;
    }

    /** Begins beside the caller, for whom it is time that costs nothing: signing computes, and a start mostly waits. */
    public void begin() {
        Thread beside = new Thread(trial, "key-trial");
        beside.setDaemon(true);
        beside.start();
    }

    // Before threads start: what these log while a start that failed takes all away would hide the reason.
    void finish(@Observes @Priority(LIBRARY_BEFORE) StartupEvent event) throws Exception {
        // This tries the keys where nobody has begun to; else it does nothing.
        trial.run();
        try {
            trial.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException unusable ? unusable : failed;
        }
    }

    /** What stands in each session is known now; only whose it is comes later, in no more than what is left here. */
    private static void requireRoom(String token) {
        int longest = SessionCookie.LONGEST - LONGEST_NAME_AND_USER;
        if (token.length() > longest) {
            throw new ConfigurationException("A session takes " + token.length() + " bytes, and a cookie has room for "
                    + longest + ": shorten mp.jwt.verify.audiences or mp.jwt.verify.issuer, or take a smaller key");
        }
    }

    private void tryKeys() {
        FurtherKeys.read(config);
        try {
            String token = sessions.start("start", false).token();
            parser.parse(token);
            requireRoom(token);
        } catch (JwtException | ParseException unusable) {
            // It is not the cause: what is said of a failed start is what its first cause says.
            ConfigurationException wrongKeys = new ConfigurationException(
                    "What smallrye.jwt.sign.key.location signs is not good by mp.jwt.verify.publickey.location: they must be a pair");
            wrongKeys.addSuppressed(unusable);
            throw wrongKeys;
        }
    }
}
