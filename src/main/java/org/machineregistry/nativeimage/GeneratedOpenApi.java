package org.machineregistry.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.quarkus.smallrye.openapi.runtime.filter.AutoSecurityFilter;
import io.smallrye.openapi.runtime.io.Format;

/**
 * Answers, in a native executable, with the OpenAPI document as the build wrote it. SmallRye OpenAPI reads it anew at each start, for
 * filters that this service has none of, and writes it in both formats again.
 *
 * <p>Reaches into Quarkus' OpenAPI extension by a substitution, for a fifth of the executable's start.
 */
// Works around quarkusio/quarkus#54826 (3.33.2). It may go with the version that has #55538, by which OpenApiDocumentService reads nothing at
// the start where there is no filter to run; `bench/native start` without it tells. The native build turns red where its methods are others, and OperationsIT where the document is another one.
@TargetClass(OpenApiDocumentService.class)
final class GeneratedOpenApi {

    @Substitute
    void prepareDocument(AutoSecurityFilter security, Map<OpenApiFilter.RunStage, List<String>> filters, String name) {}

    @Substitute
    public byte[] getDocument(String name, Format format) {
        String resource = OpenApiConstants.BASE_NAME + "." + format.name();
        try (InputStream document = GeneratedOpenApi.class.getClassLoader().getResourceAsStream(resource)) {
            return document.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
