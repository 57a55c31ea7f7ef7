package org.machineregistry.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import org.machineregistry.attack.AttackedService;
import org.machineregistry.fault.User;
import org.machineregistry.fault.User.Registered;

/** People and machines that the service knows, so that not all that is said is said by strangers. */
final class Population {
    private static final int PEOPLE = 4;
    private static final int MACHINES_EACH = 6;
    private static final int SPARE_SESSIONS = 16;

    final String cookie;
    private final List<User> people;
    private final AtomicReferenceArray<Registered> machines = new AtomicReferenceArray<>(PEOPLE * MACHINES_EACH);
    private final AtomicReferenceArray<String> spares = new AtomicReferenceArray<>(SPARE_SESSIONS);

    Population(AttackedService service) {
        people = IntStream.range(0, PEOPLE).mapToObj(i -> User.at(service.replica)).toList();
        List<Registered> all = new ArrayList<>();
        people.forEach(person -> all.addAll(person.register(service.replica, MACHINES_EACH)));
        IntStream.range(0, all.size()).forEach(i -> machines.set(i, all.get(i)));
        IntStream.range(0, SPARE_SESSIONS).forEach(i -> spares.set(i, User.at(service.replica).session));
        cookie = service.cookieName();
    }

    int person(Dice dice) {
        return dice.below(PEOPLE);
    }

    String session(int person) {
        return people.get(person).session;
    }

    /** Of somebody without machines, who may be signed out at any time. */
    String spareSession(Dice dice) {
        return spares.get(dice.below(SPARE_SESSIONS));
    }

    /** Somebody's session has started: it takes the place of one that may have ended. */
    void learn(String session) {
        spares.set(Math.floorMod(session.hashCode(), SPARE_SESSIONS), session);
    }

    Registered machine(int person, Dice dice) {
        return machines.get(person * MACHINES_EACH + dice.below(MACHINES_EACH));
    }

    /** This person registered a machine, or has another token of one: it goes on being known. */
    void learn(int person, Registered registered) {
        int first = person * MACHINES_EACH;
        int place = first + Math.floorMod(registered.machineId().hashCode(), MACHINES_EACH);
        for (int i = first; i < first + MACHINES_EACH; i++) {
            if (machines.get(i).machineId().equals(registered.machineId())) {
                place = i;
            }
        }
        machines.set(place, registered);
    }
}
