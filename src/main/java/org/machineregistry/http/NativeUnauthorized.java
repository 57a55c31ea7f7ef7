package org.machineregistry.http;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Replaces, in a native executable, a method of quarkus-resteasy-problem that reads a field of a challenge which Quarkus 3.33 made
 * private. No mechanism here makes a challenge, so that the JVM never gets there; the native build refuses the code all the same.
 *
 * <p>Reaches into quarkus-resteasy-problem by a substitution: the native build fails without it.
 */
// quarkus-resteasy-problem 3.21.0 on Quarkus 3.33.2. It may go with a version of HttpUnauthorizedUtils that asks ChallengeData by its
// methods; the native build turns red where that class or its method is gone.
@TargetClass(className = "io.quarkiverse.resteasy.problem.security.HttpUnauthorizedUtils")
final class NativeUnauthorized {

    @Substitute
    static Uni<HttpProblem> toProblem(RoutingContext context, Exception failure) {
        return Uni.createFrom().item(Problems.of(401));
    }
}
