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

    final String cookie;
    private final List<User> people;
    private final AtomicReferenceArray<Registered> machines = new AtomicReferenceArray<>(PEOPLE * MACHINES_EACH);

    Population(AttackedService service) {
        people = IntStream.range(0, PEOPLE).mapToObj(i -> User.at(service.replica)).toList();
        List<Registered> all = new ArrayList<>();
        people.forEach(person -> all.addAll(person.register(service.replica, MACHINES_EACH)));
        IntStream.range(0, all.size()).forEach(i -> machines.set(i, all.get(i)));
        cookie = service.cookieName();
    }

    int person(Dice dice) {
        return dice.below(PEOPLE);
    }

    String session(int person) {
        return people.get(person).session;
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
