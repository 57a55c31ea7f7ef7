package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

import org.machineregistry.drill.Spans.Span;
import org.machineregistry.fault.Replica;
import org.machineregistry.fault.User;

/** All that takes part in one drill: machines, those who watch them, and who registers more all the time. */
final class Scene implements AutoCloseable {
    /** A machine, or a fleet of them, is said to start within that time. */
    static final int STARTS_WITHIN = 6_000;

    final DrillSite site;
    final Conditions conditions;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(4, Scene::daemon);
    private final HarnessPauses pauses = new HarnessPauses();
    private final Readiness readiness;
    private final User user;
    private final Creations creations;
    private final List<MachineLog> logs = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private final List<StreamWatcher> streams = new ArrayList<>();
    private final List<ListWatcher> lists = new ArrayList<>();
    private long patience = Bounds.CLIENT_TIMEOUT;
    private long start;
    private long end;

    Scene(DrillSite site) {
        this.site = site;
        this.readiness = new Readiness(site.replicas(), scheduler);
        this.conditions = new Conditions(site.replicas(), readiness);
        this.user = User.at(site.a);
        this.creations = new Creations(site.replicas(), scheduler);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "drill");
        thread.setDaemon(true);
        return thread;
    }

    /** How many milliseconds the machines wait for an answer that are made from now on. */
    void patience(long millis) {
        patience = millis;
    }

    /** @param what the kind of machine */
    HttpAgent http(String what, Replica first) {
        return add(new HttpAgent(register(what), inOrder(first), scheduler, patience));
    }

    SocketAgent socket(String what, Replica first) {
        return add(new SocketAgent(register(what), inOrder(first), scheduler, patience));
    }

    private <A extends Agent> A add(A agent) {
        logs.add(agent.log);
        agents.add(agent);
        return agent;
    }

    private MachineLog register(String what) {
        return new MachineLog(user.register(site.b), what);
    }

    private List<Replica> inOrder(Replica first) {
        return first == site.a ? List.of(site.a, site.b) : List.of(site.b, site.a);
    }

    /** Registers so many of each kind, half of them at each replica first, which start one by one. */
    void populate(int ofEachKind) {
        for (Population kind : Population.values()) {
            for (int i = 0; i < ofEachKind; i++) {
                kind.start(this, site.replicas().get(i % 2), ThreadLocalRandom.current().nextInt(STARTS_WITHIN));
            }
        }
    }

    /** Machines registered after this are not judged. */
    void watch() {
        start = Timeline.now();
        for (Replica replica : site.replicas()) {
            streams.add(new StreamWatcher(replica, user));
            lists.add(new ListWatcher(replica, user, scheduler));
        }
        readiness.start();
        creations.start();
    }

    List<StreamWatcher> streams() {
        return streams;
    }

    List<MachineLog> logs(String what) {
        return logs.stream().filter(log -> log.what.equals(what)).toList();
    }

    /** Ends all that goes on; what is seen from now on is not judged. */
    void finish() {
        end = Timeline.now();
        agents.forEach(Agent::finish);
        creations.stop();
        readiness.stop();
        streams.forEach(StreamWatcher::close);
        lists.forEach(ListWatcher::close);
    }

    /** Says what was seen in it; everything runs again. */
    Verdict judge(String name) {
        Judge judge = new Judge(conditions, site.replicas(), logs, pauses, new Span(start, end));
        streams.forEach(judge::judge);
        lists.forEach(judge::judge);
        judge.judgeAnswers();
        List<Lie> lies = new ArrayList<>(judge.lies());
        creations.wrong().forEach(wrong -> lies.add(new Lie(Lie.Kind.WRONG_ANSWER, "creation", "creation", 0, wrong)));
        Set<String> lost = creations.lost();
        return new Verdict(name, lies, creations.count(), List.copyOf(lost), recovery(), judge.sightings(),
                pauses.longest());
    }

    /** How long it took from the end of the fault until both replicas changed something again; -1 where nothing broke. */
    private long recovery() {
        return conditions.isEmpty()
                ? -1
                : creations.createdEverywhereAfter(conditions.end()) - conditions.end();
    }

    @Override
    public void close() {
        finish();
        pauses.close();
        scheduler.shutdownNow();
    }
}
