package org.machineregistry.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Invisible characters that have a meaning between others: the joiner and the non-joiner between letters of scripts whose letters
 * join, the joiner between emoji, and the selectors that say whether a symbol is an emoji. Anywhere else they only hide.
 */
final class Joining {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int NOTHING = -1;
    // https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters
    private static final Set<UnicodeScript> JOINING_SCRIPTS = EnumSet.of(UnicodeScript.ARABIC, UnicodeScript.SYRIAC,
            UnicodeScript.MANDAIC, UnicodeScript.NKO, UnicodeScript.MONGOLIAN, UnicodeScript.ADLAM,
            UnicodeScript.HANIFI_ROHINGYA, UnicodeScript.DEVANAGARI, UnicodeScript.BENGALI, UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI, UnicodeScript.ORIYA, UnicodeScript.TAMIL, UnicodeScript.TELUGU,
            UnicodeScript.KANNADA, UnicodeScript.MALAYALAM, UnicodeScript.SINHALA, UnicodeScript.KHMER,
            UnicodeScript.MYANMAR, UnicodeScript.TIBETAN, UnicodeScript.BALINESE, UnicodeScript.JAVANESE);

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
            case JOINER -> isBetweenLetters(before, after) || isEmojiPart(before) && isSymbol(after);
            default -> isBetweenLetters(before, after);
        };
    }

    private static boolean isBetweenLetters(int before, int after) {
        return isOfJoiningScript(before) && isOfJoiningScript(after);
    }

    private static boolean isOfJoiningScript(int codePoint) {
        if (codePoint == NOTHING || !JOINING_SCRIPTS.contains(UnicodeScript.of(codePoint))) {
            return false;
        }
        int type = Character.getType(codePoint);
        return Character.isLetter(codePoint) || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isEmojiPart(int codePoint) {
        return codePoint == EMOJI_STYLE || VisibleText.isIn(codePoint, 0x1F3FB, 0x1F3FF) || isSymbol(codePoint);
    }

    // By block, because a Java knows the emoji of its own time only.
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
