package org.machineregistry.machine;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which hosts use one token at the same time. */
public final class SharedToken {
    private static final String UNKNOWN = "unknown";

    private SharedToken() {}

    /** The names of the hosts, always in the same order; null for a token that one host alone uses. */
    public static List<String> hostsOf(Array hosts) throws SQLException {
        return hosts == null ? null : Arrays.stream((String[]) hosts.getArray()).sorted().toList();
    }

    /** The same, of a machine that was read whole. */
    static List<String> hostsOf(Machine machine) {
        return machine.shared
                ? Stream.of(machine.hostname, machine.otherHostname)
                        .map(host -> host == null ? UNKNOWN : host).sorted().toList()
                : null;
    }
}
