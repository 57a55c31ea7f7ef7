package org.machineregistry.fuzz;

import java.util.List;
import java.util.Random;

/** Chance that can be repeated: each shot has dice of its own, by the run's seed and its number. */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Random random;

    Dice(long seed, long number) {
        random = new Random(seed ^ number * GOLDEN);
    }

    int below(int end) {
        return random.nextInt(end);
    }

    /** Both ends are possible. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @SafeVarargs
    final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Characters of what ids, secrets and JWTs are made of. */
    String word(int length) {
        String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append(characters.charAt(random.nextInt(characters.length())));
        }
        return word.toString();
    }
}
