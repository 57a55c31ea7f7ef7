package org.machineregistry.http;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Stands in, in a native executable, for what the problem library cannot do on this platform's release: it reads a field of
 * a challenge that is now private. No mechanism here makes a challenge, so that the JVM never gets there; the native build
 * refuses the code all the same.
 */
@TargetClass(className = "io.quarkiverse.resteasy.problem.security.HttpUnauthorizedUtils")
final class NativeUnauthorized {

    @Substitute
    static Uni<HttpProblem> toProblem(RoutingContext context, Exception failure) {
        return Uni.createFrom().item(Problems.of(401));
    }
}
