package org.machineregistry.text;

import java.lang.Character.UnicodeScript;

/**
 * Invisible characters that have a meaning between others: the joiner and the non-joiner where Unicode Standard Annex 31 allows them
 * (rules A1, A2 and B), the joiner between emoji, and the selectors that say whether a symbol is an emoji. Anywhere else they only hide.
 * https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters
 */
final class Joining {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int BENGALI_RA = 0x9B0;
    private static final int BENGALI_VIRAMA = 0x9CD;
    private static final int NOTHING = -1;

    private Joining() {}

    static boolean isJoiner(int codePoint) {
        return codePoint == NON_JOINER || codePoint == JOINER || codePoint == TEXT_STYLE || codePoint == EMOJI_STYLE;
    }

    /** Whether a joiner means something where it stands. */
    static boolean isNeeded(String text, int at) {
        int before = at == 0 ? NOTHING : text.codePointBefore(at);
        int after = at + 1 == text.length() ? NOTHING : text.codePointAt(at + 1);
        return switch (text.codePointAt(at)) {
            case TEXT_STYLE -> isSymbol(before);
            case EMOJI_STYLE -> isSymbol(before) || isKeycapBase(before) && after == KEYCAP;
            case JOINER -> isBehindVirama(text, at) && !isMark(after) || isRaWithYa(before, after)
                    || isEmojiPart(before) && isSymbol(after);
            default -> partsLetters(text, at) || isBehindVirama(text, at) && isLetterOf(scriptOf(before), after);
        };
    }

    /** Rule A1: two letters that would join, of one script; marks above and below them do not count. */
    private static boolean partsLetters(String text, int at) {
        int before = letterBefore(text, at);
        int after = letterFrom(text, at + 1);
        return before != NOTHING && after != NOTHING && JoiningLetters.joinsNext(before)
                && JoiningLetters.joinsBefore(after) && scriptOf(before) == scriptOf(after);
    }

    /** Rules A2 and B: a virama, behind a letter of its own script that may have marks. */
    private static boolean isBehindVirama(String text, int at) {
        return at > 1 && JoiningLetters.isVirama(text.codePointBefore(at))
                && isLetterOf(scriptOf(text.codePointBefore(at)), letterBefore(text, at));
    }

    /** The one spelling that Unicode wants of Bengali ra with ya-phalaa, which no rule has: Unicode Standard 12.2, Bengali. */
    private static boolean isRaWithYa(int before, int after) {
        return before == BENGALI_RA && after == BENGALI_VIRAMA;
    }

    private static int letterBefore(String text, int end) {
        for (int at = end; at > 0;) {
            int codePoint = text.codePointBefore(at);
            if (!isMark(codePoint)) {
                return codePoint;
            }
            at -= Character.charCount(codePoint);
        }
        return NOTHING;
    }

    private static int letterFrom(String text, int begin) {
        for (int at = begin; at < text.length();) {
            int codePoint = text.codePointAt(at);
            if (!isMark(codePoint)) {
                return codePoint;
            }
            at += Character.charCount(codePoint);
        }
        return NOTHING;
    }

    private static boolean isLetterOf(UnicodeScript script, int codePoint) {
        return codePoint != NOTHING && Character.isLetter(codePoint) && scriptOf(codePoint) == script;
    }

    private static UnicodeScript scriptOf(int codePoint) {
        return codePoint == NOTHING ? UnicodeScript.UNKNOWN : UnicodeScript.of(codePoint);
    }

    private static boolean isMark(int codePoint) {
        int type = codePoint == NOTHING ? Character.UNASSIGNED : Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isEmojiPart(int codePoint) {
        return codePoint == EMOJI_STYLE || VisibleText.isIn(codePoint, 0x1F3FB, 0x1F3FF) || isSymbol(codePoint);
    }

    // Asks for the block, because a Java knows the emoji of its own time only.
    private static boolean isSymbol(int codePoint) {
        return VisibleText.isIn(codePoint, 0x1F000, 0x1FAFF) || VisibleText.isIn(codePoint, 0x2190, 0x2BFF)
                || VisibleText.isIn(codePoint, 0x3297, 0x3299) || switch (codePoint) {
                    case 0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x3030, 0x303D -> true;
                    default -> false;
                };
    }

    private static boolean isKeycapBase(int codePoint) {
        return VisibleText.isIn(codePoint, '0', '9') || codePoint == '#' || codePoint == '*';
    }
}
