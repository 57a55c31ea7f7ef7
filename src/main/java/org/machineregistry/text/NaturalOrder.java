package org.machineregistry.text;

import java.util.Locale;

/**
 * The one order of names: without case, and numbers by their value, so that {@code host-2} comes before {@code host-10}. It is
 * that of the characters of a key; {@code names-in-order.json} holds cases for each place that makes such keys: here, the
 * database (V3) and the page (names.ts).
 */
public final class NaturalOrder {
    private static final int SHORT = 8;

    private NaturalOrder() {}

    /** A name without case; upper and lower in turn, because some letters differ in one direction only. */
    public static String withoutCase(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** @param withoutCase a name {@link #withoutCase} */
    public static String keyOf(String withoutCase) {
        StringBuilder key = new StringBuilder(withoutCase.length() + SHORT);
        for (int at = 0; at < withoutCase.length();) {
            if (isDigit(withoutCase.charAt(at))) {
                at = addNumber(key, withoutCase, at);
            } else {
                key.append(withoutCase.charAt(at++));
            }
        }
        return key.toString();
    }

    /** A number says first how many digits it has: eight at most in one digit, and a 9 before it for each eight more. */
    private static int addNumber(StringBuilder key, String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        int start = from;
        while (start < end - 1 && text.charAt(start) == '0') {
            start++;
        }
        int more = end - start - 1;
        key.append("9".repeat(more / SHORT)).append((char) ('1' + more % SHORT)).append(text, start, end);
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
