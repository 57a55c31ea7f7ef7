package org.machineregistry.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"build box", "B\u00fcro 1", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627",
            // Persian with a non-joiner, Hindi with a joiner and with a non-joiner, Sinhala, Bengali
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200d\u0937", "\u0915\u094d\u200c\u0937",
            "\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u09b0\u200d\u09cd\u09af",
            // Persian with marks around a non-joiner, Malayalam as it was written before Unicode 5.1, with a joiner at its end, Khmer
            "\u0645\u06cc\u064e\u200c\u062e\u064e", "\u0d05\u0d35\u0d28\u0d4d\u200d", "\u1780\u17d2\u200d\u1781",
            // Thai, Hebrew and Vietnamese with marks, an Arabic number sign, a private and an unassigned character
            "\u0e17\u0e35\u0e48", "\u05e9\u05c1\u05b8", "Vi\u1ec7\u0323t", "\u0600\u0661", "\ue000", "\u0378",
            "\u4e2d\u6587\u3000\u673a\u5668"})
    void what_people_write_is_visible(String text) {
        assertThat(VisibleText.findInvisible(text)).isEqualTo(VisibleText.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // a computer, a heart with VS16, a family, a woman of a skin tone at her laptop, a flag, a rainbow flag, a keycap,
            // a checked box as text, the trade mark sign as an emoji, a heart on fire
            "\ud83d\udda5", "\u2764\ufe0f", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb", "\ud83c\udde9\ud83c\uddea",
            "\ud83c\udff3\ufe0f\u200d\ud83c\udf08", "3\ufe0f\u20e3", "\u2611\ufe0e", "\u2122\ufe0f",
            "\u2764\ufe0f\u200d\ud83d\udd25"})
    void emoji_are_visible(String text) {
        assertThat(VisibleText.findInvisible("box " + text + " 1")).isEqualTo(VisibleText.NONE);
        assertThat(VisibleText.findInvisible(text)).isEqualTo(VisibleText.NONE);
        assertThat(VisibleText.clean(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x07, 0x0A, 0x7F, 0x85, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x200B,
            0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2064, 0x2065, 0x2066, 0x2069,
            0x206F, 0x2800, 0x3164, 0xFE00, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0xFFFF, 0xFDD0, 0x1D159,
            0x1D173, 0xE0001, 0xE0041, 0xE007F, 0xE0100})
    void what_shows_nothing_is_invisible(int codePoint) {
        String invisible = Character.toString(codePoint);

        assertThat(VisibleText.findInvisible("a" + invisible + "b")).isEqualTo(codePoint);
        assertThat(VisibleText.findInvisible(invisible)).isEqualTo(codePoint);
        assertThat(VisibleText.clean("a" + invisible + "b")).isIn("a\ufffdb", "a b");
    }

    @ParameterizedTest
    @CsvSource({
            // a digit with VS16 that is no keycap, a joiner before and behind an emoji, two joiners, a mark over nothing or a space
            "'3\ufe0f', fe0f", "'a\u200d\ud83d\udda5', 200d", "'\ud83d\udda5\u200d', 200d",
            "'\ud83d\udc68\u200d\u200d\ud83d\udc69', 200d",
            // a joiner between letters that join anyhow, of Arabic and Devanagari; before a vowel sign; behind a virama over nothing
            "'\u0645\u200d\u062e', 200d", "'\u0915\u200d\u0937', 200d", "'\u0915\u094d\u200d\u093f', 200d",
            "'a\u094d\u200d\u0937', 200d",
            // a non-joiner behind a letter that does not join, before Latin, at an end, between letters without a virama, before
            // another script, twice
            "'\u0627\u200c\u062e', 200c", "'\u0645\u200ca', 200c", "'\u0645\u200c', 200c", "'\u0915\u200c\u0937', 200c",
            "'\u0915\u094d\u200c\u0995', 200c", "'\u0645\u200c\u200c\u062e', 200c",
            "'\u0301a', 301",
            "'a \u0301', 301", "'\u2764\ufe0f\ufe0f', fe0f"})
    void what_joins_nothing_is_invisible(String text, String codePoint) {
        assertThat(Integer.toHexString(VisibleText.findInvisible(text))).isEqualTo(codePoint);
    }

    @Test
    void more_than_four_marks_over_one_character_are_out_of_place() {
        assertThat(VisibleText.findInvisible("a" + "\u0316".repeat(4))).isEqualTo(VisibleText.NONE);
        assertThat(VisibleText.findInvisible("a" + "\u0316".repeat(5))).isEqualTo(0x316);
    }

    @Test
    void a_part_of_a_text_may_begin_and_end_within_an_emoji() {
        assertThat(VisibleText.findInvisibleInPart("\u200d\ud83d\udcbb")).isEqualTo(VisibleText.NONE);
        assertThat(VisibleText.findInvisibleInPart("\u2764\ufe0f\u200d")).isEqualTo(VisibleText.NONE);
        assertThat(VisibleText.findInvisibleInPart("a\u200b")).isEqualTo(0x200B);
    }

    @Test
    void text_is_composed_and_trimmed_of_all_white_space() {
        assertThat(VisibleText.compose(" \u00a0\u3000Bu\u0308ro\u2003\t")).isEqualTo("B\u00fcro");
        assertThat(VisibleText.compose("\u00a0\u3000 ")).isEmpty();
    }

    @Test
    void as_many_marks_as_no_script_has_are_not_sorted() {
        String above = "\u0301";
        String below = "\u0316";

        assertThat(VisibleText.nfc("x" + above.repeat(15) + below.repeat(15)))
                .isEqualTo("x" + below.repeat(15) + above.repeat(15));
        String many = "x" + above.repeat(15) + below.repeat(16);
        assertThat(VisibleText.nfc(many)).isSameAs(many);
        // A spacing mark and a virama are sorted, too.
        String spacing = "x" + "\u302e".repeat(20) + "\u1b44".repeat(20);
        assertThat(VisibleText.nfc(spacing)).isSameAs(spacing);
    }

    @Test
    void line_breaks_are_cleaned_into_spaces_and_the_rest_is_composed() {
        assertThat(VisibleText.clean("Linux\r\n6.1\tx\u2028y")).isEqualTo("Linux  6.1 x y");
        assertThat(VisibleText.clean("bu\u0308ro")).isEqualTo("b\u00fcro");
        assertThat(VisibleText.clean(null)).isNull();
    }
}
