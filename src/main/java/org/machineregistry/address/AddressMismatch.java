package org.machineregistry.address;

import java.util.List;
import java.util.Optional;

import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;

/**
 * Somebody's browser is at another address than the service knows of.
 *
 * @param came where the browser is
 * @param seen what the service saw of that
 * @param configured the addresses that the settings name
 */
public record AddressMismatch(ServiceAddress came, ServiceAddress seen, List<ServiceAddress> configured) {
    private static final int LONGEST = 300;

    static Optional<AddressMismatch> of(String came, ServiceAddress seen, List<ServiceAddress> configured) {
        if (came.length() > LONGEST || !seen.isPlain()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AddressMismatch(ServiceAddress.parse(came), seen, configured));
        } catch (IllegalArgumentException none) {
            // A sandboxed page's origin is "null", and a program's is whatever it likes.
            return Optional.empty();
        }
    }

    /** The setting that would help, if that is where people reach the service. */
    public String setting() {
        return (configured.isEmpty() ? ConfiguredAddresses.URL : ConfiguredAddresses.ADDITIONAL_URLS) + "=" + came;
    }

    /** Tells people what the service saw, and which setting would help. */
    public String detail() {
        return "You came to " + came + ", and the service saw " + seen + (configured.isEmpty()
                ? "."
                : "; its addresses are " + ConfiguredAddresses.join(configured) + ".")
                + " If people reach it there, whoever runs it can " + (configured.isEmpty() ? "set " : "add ")
                + setting() + ".";
    }

    public HttpProblem problem() {
        return Problems.of(403, detail()).with("setting", setting());
    }
}
