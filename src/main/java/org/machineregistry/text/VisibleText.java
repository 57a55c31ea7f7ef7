package org.machineregistry.text;

import java.text.Normalizer;
import java.util.function.IntPredicate;

/**
 * The policy for all text that people see: composed (NFC), and no character that shows nothing or turns its neighbours around.
 * Characters that some scripts and emoji need stay where they need them; see {@link Joining}.
 */
public final class VisibleText {
    /** The answer of {@link #findInvisible} where there is none. */
    public static final int NONE = -1;
    private static final int REPLACEMENT = 0xFFFD;
    // Unicode Technical Standard 39, section 5.4: more of them is no script, but ink over the lines above and below.
    // https://www.unicode.org/reports/tr39/#Optional_Detection
    private static final int MOST_MARKS = 4;
    // Unicode Standard Annex 15, Stream-Safe Text Format: no script comes near. https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
    private static final int MOST_MARKS_TO_SORT = 30;

    private VisibleText() {}

    /**
     * Composed (NFC). Marks are sorted for that, each by a look at those before it: half a million of them, which fit into a body, would
     * take minutes. A text with more of them in a row than any script has stays as it is.
     */
    public static String nfc(String text) {
        int marks = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            marks = isSorted(text.codePointAt(at)) ? marks + 1 : 0;
            if (marks > MOST_MARKS_TO_SORT) {
                return text;
            }
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    // The class by which they are sorted is not public in the JDK: these have one, and some that have none.
    private static boolean isSorted(int codePoint) {
        return isMark(codePoint) || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
    }

    /** Composed, and without the white space around it. */
    public static String compose(String text) {
        String composed = nfc(text);
        int from = 0;
        int to = composed.length();
        while (from < to && isSpace(composed.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(composed.charAt(to - 1))) {
            to--;
        }
        return composed.substring(from, to);
    }

    // All of them are in the first plane.
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** The first character that must not be in a text, {@link #NONE} where there is none. */
    public static int findInvisible(String text) {
        return find(text, at -> isInvisible(text, at));
    }

    /** The same for a part of a text, which may begin or end within an emoji or a word. */
    public static int findInvisibleInPart(String text) {
        return find(text, at -> isNeverVisible(text.codePointAt(at)));
    }

    /** How to tell somebody of a character that they cannot see. */
    public static String mustNotContain(int invisible) {
        return String.format("must not contain U+%04X, which is invisible or out of place there", invisible);
    }

    private static int find(String text, IntPredicate isInvisible) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (isInvisible.test(at)) {
                return text.codePointAt(at);
            }
        }
        return NONE;
    }

    /** Cleans the text of somebody who must not be refused for it: invisible characters become U+FFFD, and line breaks spaces. */
    public static String clean(String text) {
        if (text == null || isPlain(text)) {
            return text;
        }
        String composed = nfc(text);
        StringBuilder clean = new StringBuilder(composed.length());
        for (int at = 0; at < composed.length(); at += Character.charCount(composed.codePointAt(at))) {
            int codePoint = composed.codePointAt(at);
            clean.appendCodePoint(Character.isWhitespace(codePoint) && !Character.isSpaceChar(codePoint)
                    || isLineBreak(codePoint) ? ' ' : isInvisible(composed, at) ? REPLACEMENT : codePoint);
        }
        return clean.toString();
    }

    /** The beginning of a text that takes no more bytes in UTF-8, without a part of a character at its end. */
    public static String truncate(String text, int bytes) {
        int left = bytes;
        for (int at = 0; at < text.length();) {
            int codePoint = text.codePointAt(at);
            left -= codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (left < 0) {
                return text.substring(0, at);
            }
            at += Character.charCount(codePoint);
        }
        return text;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static boolean isLineBreak(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isInvisible(String text, int at) {
        int codePoint = text.codePointAt(at);
        return isNeverVisible(codePoint)
                || Joining.isJoiner(codePoint) && !Joining.isNeeded(text, at)
                || isMark(codePoint) && !isCarried(text, at);
    }

    private static boolean isNeverVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> !Joining.isJoiner(codePoint) && !isVisibleSign(codePoint);
            default -> isDefaultIgnorable(codePoint) && !Joining.isJoiner(codePoint);
        };
    }

    /** Signs above or below numbers and names, of Arabic, Syriac and Kaithi: format characters only by their place. */
    private static boolean isVisibleSign(int codePoint) {
        return isIn(codePoint, 0x600, 0x605) || codePoint == 0x6DD || codePoint == 0x70F
                || isIn(codePoint, 0x890, 0x891) || codePoint == 0x8E2 || codePoint == 0x110BD || codePoint == 0x110CD;
    }

    /**
     * Characters that Unicode says show nothing (Default_Ignorable_Code_Point) beside format characters; and two that look blank and
     * are no space. https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt
     */
    private static boolean isDefaultIgnorable(int codePoint) {
        return codePoint == 0x34F || isIn(codePoint, 0x115F, 0x1160) || isIn(codePoint, 0x17B4, 0x17B5)
                || isIn(codePoint, 0x180B, 0x180F) || codePoint == 0x2065 || codePoint == 0x3164
                || isIn(codePoint, 0xFE00, 0xFE0F) || codePoint == 0xFFA0 || isIn(codePoint, 0xFFF0, 0xFFF8)
                || isIn(codePoint, 0xE0000, 0xE0FFF) || codePoint == 0x2800 || codePoint == 0x1D159
                || isNoncharacter(codePoint);
    }

    private static boolean isNoncharacter(int codePoint) {
        return (codePoint & 0xFFFE) == 0xFFFE || isIn(codePoint, 0xFDD0, 0xFDEF);
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** Whether a mark stands over a character of its own, and not over too many others. */
    private static boolean isCarried(String text, int at) {
        int marks = 1;
        for (int before = at; before > 0;) {
            int codePoint = text.codePointBefore(before);
            if (!isMark(codePoint)) {
                return !Character.isSpaceChar(codePoint);
            }
            if (++marks > MOST_MARKS) {
                return false;
            }
            before -= Character.charCount(codePoint);
        }
        return false;
    }

    static boolean isIn(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
