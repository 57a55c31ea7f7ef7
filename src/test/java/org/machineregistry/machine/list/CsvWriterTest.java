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

    @ParameterizedTest
    @ValueSource(strings = {"-vIZHaxfKx312-f5IujH-", "_vIZHaxfKx312-f5IujH-", "daWe7zsHmds4OlOyu-Wo5", "team:builders"})
    void an_id_is_written_as_programs_look_it_up(String id) {
        assertThat(CsvWriter.id(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"=cmd()|'=cmd()", "-1+A1|'-1+A1", "@SUM(A1)|'@SUM(A1)",
            "a,b|\"a,b\""})
    void an_id_of_a_provider_that_holds_more_than_ids_do_is_written_as_a_text(String id, String cell) {
        assertThat(CsvWriter.id(id)).isEqualTo(cell);
    }
}
