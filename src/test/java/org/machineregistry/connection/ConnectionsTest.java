package org.machineregistry.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

import io.netty.channel.embedded.EmbeddedChannel;
import io.smallrye.config.SmallRyeConfigBuilder;

class ConnectionsTest {
    @Test
    void the_oldest_unknown_connection_makes_room_for_a_newer_one() {
        Connections connections = connections(Optional.empty(), OptionalInt.empty(), 2, 10);
        EmbeddedChannel oldest = open(connections);
        EmbeddedChannel second = open(connections);

        EmbeddedChannel newest = open(connections);

        assertThat(oldest.isOpen()).isFalse();
        assertThat(second.isOpen()).isTrue();
        assertThat(newest.isOpen()).isTrue();
    }

    @Test
    void a_known_one_makes_room_for_nobody() {
        Connections connections = connections(Optional.of(2), OptionalInt.of(10), 10, 10);
        EmbeddedChannel known = open(connections);
        connections.known(known.pipeline().get(ConnectionWatch.class));
        EmbeddedChannel alsoKnown = open(connections);
        connections.known(alsoKnown.pipeline().get(ConnectionWatch.class));

        EmbeddedChannel newest = open(connections);

        assertThat(known.isOpen()).isTrue();
        assertThat(alsoKnown.isOpen()).isTrue();
        assertThat(newest.isOpen()).isFalse();
    }

    @Test
    void strangers_leave_a_replica_ready_and_those_who_are_known_do_not() {
        Connections connections = connections(Optional.of(40), OptionalInt.of(100), 40, 100);
        for (int i = 0; i < 40; i++) {
            open(connections);
        }
        assertThat(ConnectionCheck.response(connections.free(), connections.most()).getStatus()).isEqualTo(Status.UP);

        for (int i = 0; i < 39; i++) {
            EmbeddedChannel known = open(connections);
            connections.known(known.pipeline().get(ConnectionWatch.class));
        }

        assertThat(connections.free()).isEqualTo(1);
        assertThat(ConnectionCheck.response(1, 40).getStatus()).isEqualTo(Status.DOWN);
        assertThat(ConnectionCheck.response(2, 40).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void an_address_gets_no_more_than_its_share() {
        Connections connections = connections(Optional.of(10), OptionalInt.empty(), 100, 100);
        for (int i = 0; i < 9; i++) {
            assertThat(open(connections).isOpen()).isTrue();
        }

        assertThat(open(connections).isOpen()).isFalse();
    }

    @Test
    void one_that_has_ended_counts_no_more() {
        Connections connections = connections(Optional.empty(), OptionalInt.of(1), 10, 10);
        EmbeddedChannel known = open(connections);
        connections.known(known.pipeline().get(ConnectionWatch.class));
        known.close();
        open(connections).close();

        assertThat(open(connections).isOpen()).isTrue();
        assertThat(open(connections).isOpen()).isFalse();
    }

    @Test
    void an_ipv6_64_counts_as_one_address() throws UnknownHostException {
        assertThat(block("2001:db8::1")).isEqualTo(block("2001:db8::ffff:1")).isNotEqualTo(block("2001:db8:0:1::1"));
        assertThat(block("192.0.2.1")).isNotEqualTo(block("192.0.2.2")).isEqualTo(block("::ffff:192.0.2.1"));
    }

    private static AddressBlock block(String address) throws UnknownHostException {
        return AddressBlock.of(new InetSocketAddress(InetAddress.getByName(address), 1));
    }

    private static EmbeddedChannel open(Connections connections) {
        return new EmbeddedChannel(new ConnectionWatch(connections));
    }

    private static Connections connections(Optional<Integer> most, OptionalInt perAddress, int unknown,
            int unknownPerAddress) {
        SmallRyeConfigBuilder settings = new SmallRyeConfigBuilder().withMapping(ConnectionsConfig.class)
                // In the form that is read without Quarkus.
                .withDefaultValue("connections.request-timeout", "PT10S")
                .withDefaultValue("connections.idle-timeout", "PT3M")
                .withDefaultValue("connections.unknown", String.valueOf(unknown))
                .withDefaultValue("connections.unknown-per-address", String.valueOf(unknownPerAddress));
        perAddress.ifPresent(limit -> settings.withDefaultValue("connections.per-address", String.valueOf(limit)));
        ConnectionsConfig config = settings.build().getConfigMapping(ConnectionsConfig.class);
        return new Connections(config, new ConnectionTally(null), most);
    }
}
