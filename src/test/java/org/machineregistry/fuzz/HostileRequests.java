package org.machineregistry.fuzz;

import java.util.List;

/** Fires as many shots as its argument says, 100,000 without one, at the packaged service. */
final class HostileRequests {
    private static final long COUNT = 100_000;

    private HostileRequests() {}

    public static void main(String[] arguments) throws Exception {
        List<String> faults = new FuzzRun(arguments.length == 0 ? COUNT : Long.parseLong(arguments[0])).run();
        faults.forEach(fault -> System.out.println("FUZZ fault: " + fault));
        System.out.println("FUZZ " + faults.size() + " faults");
        System.exit(faults.isEmpty() ? 0 : 1);
    }
}
