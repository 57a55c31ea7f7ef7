package org.machineregistry.machine.list;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a b|a b", "``|``", "a,b|\"a,b\"", "a\"b|\"a\"\"b\"",
            "a=b|a=b",
            "1-2|1-2", "=1,2|\"'=1,2\""})
    void what_holds_a_comma_or_a_quote_is_quoted(String text, String cell) {
        assertThat(CsvWriter.cell(text)).isEqualTo(cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "-0123456789"})
    void what_a_spreadsheet_would_take_for_a_formula_has_an_apostrophe_before_it(String text) {
        assertThat(CsvWriter.cell(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\nb", "a\rb"})
    void a_line_break_within_a_cell_is_quoted(String text) {
        assertThat(CsvWriter.cell(text)).isEqualTo('"' + text + '"');
    }
}
