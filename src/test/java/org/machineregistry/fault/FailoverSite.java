package org.machineregistry.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.machineregistry.KeyFiles;

/** A cluster of PostgreSQL and two replicas, of which one finds the leader by a list of all servers, and one by a proxy. */
final class FailoverSite implements AutoCloseable {
    final PatroniCluster cluster;
    final Replica byList;
    final Replica byProxy;
    private final Path directory;

    FailoverSite() throws IOException, InterruptedException {
        // PostgreSQL runs as a user of its own.
        directory = Files.createTempDirectory("failover",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        cluster = new PatroniCluster(directory);
        KeyFiles keys = KeyFiles.rsa(directory, "session-key", 2048);
        byList = replica(cluster.addressOfAll(), keys);
        byProxy = replica(cluster.addressOfProxy(), keys);
        // Also when the test is broken off: nothing that it started stays.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        cluster.mend();
        byList.launch();
        byProxy.start();
        byList.awaitStart();
    }

    private Replica replica(String address, KeyFiles keys) {
        Map<String, String> settings = new TreeMap<>(Site.SETTINGS);
        // The driver's time without an answer is the service's own default, as in production.
        settings.remove("quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout");
        settings.putAll(Map.of(
                "quarkus.datasource.jdbc.url", address,
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "smallrye.jwt.sign.key.location", keys.privateKey().toString(),
                "mp.jwt.verify.publickey.location", keys.publicKey().toString()));
        return new Replica(directory, settings);
    }

    /** Puts right what a test broke. */
    void mend() {
        cluster.mend();
        Api.awaitReady(byList);
        Api.awaitReady(byProxy);
    }

    String output() {
        return "--- by list\n" + byList.output() + "\n--- by proxy\n" + byProxy.output() + "\n" + cluster.output();
    }

    private void end() {
        try {
            close();
        } catch (IOException | InterruptedException | RuntimeException failure) {
            System.err.println("Not all was ended: " + failure);
        }
    }

    @Override
    public synchronized void close() throws IOException, InterruptedException {
        if (Files.exists(directory)) {
            byList.close();
            byProxy.close();
            cluster.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
            }
        }
    }
}
