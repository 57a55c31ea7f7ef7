package org.machineregistry.socket.workarounds;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;

/**
 * Tells Quarkus that a request that becomes a socket is over. Quarkus hears it from the response, which such a
 * request never gets, and a replica that stops would wait for it until its time is up.
 *
 * <p>Reaches into Quarkus' wrapper of requests by reflection: nothing public ends a request that became a socket.
 */
// Works around Quarkus 3.33.2; no issue of it is known. It may go where SocketMoveIT ends as early without it.
@RegisterForReflection(targets = QuarkusRequestWrapper.class, fields = false)
public final class UpgradedRequest {
    private static final Method DONE = done();

    private UpgradedRequest() {}

    public static void over(HttpServerRequest request) {
        try {
            DONE.invoke(QuarkusRequestWrapper.get(request));
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalStateException(failure);
        }
    }

    // There is no public way.
    private static Method done() {
        try {
            Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            return done;
        } catch (NoSuchMethodException changed) {
            throw new IllegalStateException(changed);
        }
    }
}
