package org.machineregistry.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalServerChannel;
import io.smallrye.config.SmallRyeConfigBuilder;

class ConnectionsTest {
    private final EventLoop loop = new DefaultEventLoop();
    private final ServerChannel listener = new LocalServerChannel();

    @BeforeEach
    void register() {
        loop.register(listener).syncUninterruptibly();
    }

    @AfterEach
    void end() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void the_oldest_that_lets_the_service_wait_makes_room_for_a_newer_one() {
        Connections connections = connections(Optional.empty(), OptionalInt.empty(), 2, 10);
        EmbeddedChannel oldest = open(connections);
        EmbeddedChannel second = open(connections);
        pass(oldest);
        pass(second);

        EmbeddedChannel newest = open(connections);

        assertThat(oldest.isOpen()).isFalse();
        assertThat(second.isOpen()).isTrue();
        assertThat(newest.isOpen()).isTrue();
    }

    @Test
    void those_to_whom_nobody_has_listened_yet_stay_and_no_more_are_accepted() {
        Connections connections = connections(Optional.empty(), OptionalInt.empty(), 2, 10);
        EmbeddedChannel first = open(connections);
        assertThat(accepts()).isTrue();
        EmbeddedChannel second = open(connections);
        assertThat(accepts()).isFalse();

        EmbeddedChannel acceptedBefore = open(connections);
        assertThat(List.of(first.isOpen(), second.isOpen(), acceptedBefore.isOpen())).containsOnly(true);

        know(first);
        assertThat(accepts()).isFalse();
        know(second);
        assertThat(accepts()).isTrue();
    }

    @Test
    void connections_that_no_event_loop_has_looked_at_count() {
        Connections connections = connections(Optional.empty(), OptionalInt.empty(), 2, 10);
        ConnectionWatch.ofAccepted(connections);
        ConnectionWatch second = ConnectionWatch.ofAccepted(connections);
        assertThat(accepts()).isFalse();

        EmbeddedChannel looked = new EmbeddedChannel(second);
        assertThat(accepts()).isFalse();
        looked.close();
        assertThat(accepts()).isTrue();
    }

    @Test
    void those_that_were_accepted_beyond_the_limit_are_as_many_less_later() {
        Connections connections = connections(Optional.empty(), OptionalInt.empty(), 2, 10);
        List<EmbeddedChannel> channels = IntStream.range(0, 5).mapToObj(i -> open(connections)).toList();
        channels.forEach(ConnectionsTest::pass);

        EmbeddedChannel newest = open(connections);

        assertThat(channels.stream().filter(EmbeddedChannel::isOpen)).hasSize(1);
        assertThat(newest.isOpen()).isTrue();
    }

    @Test
    void one_that_takes_the_place_of_the_last_of_its_address_counts() {
        Connections connections = connections(Optional.of(10), OptionalInt.empty(), 1, 10);
        pass(open(connections));

        EmbeddedChannel newest = open(connections);
        newest.close();

        assertThat(open(connections).isOpen()).isTrue();
        assertThat(connections.free()).isEqualTo(10);
    }

    @Test
    void where_there_is_no_room_but_that_of_unknown_ones_the_oldest_of_them_makes_it() {
        Connections connections = connections(Optional.of(2), OptionalInt.of(10), 10, 10);
        EmbeddedChannel known = open(connections);
        know(known);
        EmbeddedChannel waiting = open(connections);
        assertThat(accepts()).isFalse();

        EmbeddedChannel acceptedBefore = open(connections);

        assertThat(waiting.isOpen()).isFalse();
        assertThat(acceptedBefore.isOpen()).isTrue();
    }

    @Test
    void where_known_ones_have_all_of_the_room_newcomers_are_refused_and_do_not_wait() {
        Connections connections = connections(Optional.of(1), OptionalInt.of(10), 10, 10);
        EmbeddedChannel known = open(connections);
        know(known);

        assertThat(accepts()).isTrue();
        assertThat(open(connections).isOpen()).isFalse();
    }

    @Test
    void a_listener_that_netty_started_again_is_paused_again() {
        Connections connections = connections(Optional.empty(), OptionalInt.empty(), 1, 10);
        ConnectionWatch.ofAccepted(connections);
        assertThat(accepts()).isFalse();
        listener.config().setAutoRead(true);

        ConnectionWatch.ofAccepted(connections);

        assertThat(accepts()).isFalse();
    }

    @Test
    void where_all_that_were_accepted_are_refused_more_are_accepted() {
        Connections connections = connections(Optional.empty(), OptionalInt.of(1), 2, 10);
        EmbeddedChannel only = open(connections);
        know(only);
        List<ConnectionWatch> coming = List.of(ConnectionWatch.ofAccepted(connections),
                ConnectionWatch.ofAccepted(connections));
        assertThat(accepts()).isFalse();

        coming.forEach(watch -> assertThat(new EmbeddedChannel(watch).isOpen()).isFalse());

        assertThat(accepts()).isTrue();
    }

    @Test
    void one_that_lets_the_service_wait_lets_more_be_accepted() {
        Connections connections = connections(Optional.empty(), OptionalInt.empty(), 2, 10);
        open(connections);
        EmbeddedChannel second = open(connections);
        assertThat(accepts()).isFalse();

        pass(second);

        assertThat(accepts()).isTrue();
        open(connections);
        assertThat(second.isOpen()).isFalse();
    }

    /** Whether more are accepted, after what was asked of the listener's event loop. */
    private boolean accepts() {
        loop.submit(() -> {
        }).syncUninterruptibly();
        return listener.config().isAutoRead();
    }

    private static void know(EmbeddedChannel channel) {
        channel.pipeline().get(ConnectionWatch.class).know();
    }

    private static void pass(EmbeddedChannel channel) {
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void a_known_one_makes_room_for_nobody() {
        Connections connections = connections(Optional.of(2), OptionalInt.of(10), 10, 10);
        EmbeddedChannel known = open(connections);
        know(known);
        EmbeddedChannel alsoKnown = open(connections);
        know(alsoKnown);

        EmbeddedChannel newest = open(connections);

        assertThat(known.isOpen()).isTrue();
        assertThat(alsoKnown.isOpen()).isTrue();
        assertThat(newest.isOpen()).isFalse();
    }

    @Test
    void strangers_leave_a_replica_ready_and_those_who_are_known_do_not() {
        Connections connections = connections(Optional.of(40), OptionalInt.of(100), 40, 100);
        for (int i = 0; i < 40; i++) {
            pass(open(connections));
        }
        assertThat(ConnectionCheck.response(connections.free(), connections.most()).getStatus()).isEqualTo(Status.UP);

        for (int i = 0; i < 39; i++) {
            EmbeddedChannel known = open(connections);
            know(known);
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
        know(known);
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

    private Connections connections(Optional<Integer> most, OptionalInt perAddress, int unknown,
            int unknownPerAddress) {
        SmallRyeConfigBuilder settings = new SmallRyeConfigBuilder().withMapping(ConnectionsConfig.class)
                // In the form that is read without Quarkus.
                .withDefaultValue("connections.request-timeout", "PT10S")
                .withDefaultValue("connections.idle-timeout", "PT3M")
                .withDefaultValue("connections.unknown", String.valueOf(unknown))
                .withDefaultValue("connections.unknown-per-address", String.valueOf(unknownPerAddress));
        perAddress.ifPresent(limit -> settings.withDefaultValue("connections.per-address", String.valueOf(limit)));
        ConnectionsConfig config = settings.build().getConfigMapping(ConnectionsConfig.class);
        Listeners listeners = new Listeners(Optional.empty());
        listeners.opens(listener);
        listener.bind(LocalAddress.ANY).syncUninterruptibly();
        return new Connections(config, new ConnectionTally(null), listeners, most);
    }
}
