package org.machineregistry.address;

import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.machineregistry.http.Problems;
import org.machineregistry.http.QueryParameters;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;

/** Tells a page, which alone knows where its browser is, whether the service knows it too. */
@Path("/api/address")
class AddressResource {
    private final ServiceAddresses addresses;
    private final MismatchLog mismatches;

    AddressResource(ServiceAddresses addresses, MismatchLog mismatches) {
        this.addresses = addresses;
        this.mismatches = mismatches;
    }

    @GET
    @QueryParameters("at")
    @NonBlocking
    public AddressView get(@QueryParam("at") String at, RoutingContext context) {
        ServiceAddress seen = addresses.seen(context.request());
        ServiceAddress came = at == null ? null : parse(at);
        if (came == null || addresses.isKnown(came, seen)) {
            return new AddressView((came == null ? addresses.of(context) : came).toString(), seen.toString(), null,
                    null);
        }
        Optional<AddressMismatch> mismatch = addresses.mismatch(at, context);
        mismatch.ifPresent(mismatches::note);
        return new AddressView(addresses.main().orElse(came).toString(), seen.toString(),
                mismatch.map(AddressMismatch::detail).orElse(null),
                mismatch.map(AddressMismatch::setting).orElse(null));
    }

    private static ServiceAddress parse(String at) {
        try {
            return ServiceAddress.parse(at);
        } catch (IllegalArgumentException wrong) {
            throw Problems.invalid("at", wrong.getMessage());
        }
    }
}
