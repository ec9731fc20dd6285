package org.fabricmark.bench.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @Test
    void shouldAlignWordsLeftAndNumbersRight() {
        List<String> lines = new TextTable("type", ">bytes").row("float", 4).row("x", 16).lines();
        assertEquals(List.of("type   bytes", "float      4", "x         16"), lines);
    }

    @Test
    void shouldKeepColumnsOfRowsThatComeLater() {
        Columns columns = new Columns().words("name", 6).numbers("time", "us", 6).words("", 2);
        assertEquals("name      time", columns.names());
        assertEquals("            us", columns.units());
        assertEquals("ring     0.302  *", columns.line(List.of("ring", "0.302", "*")));
        assertEquals("far-too-long   0.302", columns.line(List.of("far-too-long", "0.302", "")));
    }

    @ParameterizedTest
    @CsvSource({"0.0271, 0.027", "0.3024, 0.302", "4.5678, 4.57", "78.94, 78.9", "123.4, 123", "1234567.8, 1234568",
        "0, 0", "0.00027, 2.7e-04", "0.0034, 0.0034"})
    void shouldPrintAsManyDigitsAsCompare(double value, String text) {
        assertEquals(text, Figures.of(value));
    }

    @Test
    void shouldPrintADashForWhatIsAbsent() {
        assertEquals("-", Figures.of(OptionalDouble.empty()));
        assertEquals("-", Figures.percent(OptionalDouble.empty()));
        assertEquals("87", Figures.percent(OptionalDouble.of(0.871)));
    }

    @Test
    void shouldUseColoursOnlyOnATerminalThatWantsThem() {
        assertTrue(Terminal.of("1,2", Map.of()).color());
        assertFalse(Terminal.of(",2", Map.of()).color());
        assertTrue(Terminal.of(",2", Map.of()).err());
        assertFalse(Terminal.of("1,2", Map.of("NO_COLOR", "1")).color());
        assertTrue(Terminal.of("1,2", Map.of("NO_COLOR", "")).color());
        assertFalse(Terminal.of("1", Map.of("TERM", "dumb")).color());
        assertEquals(Terminal.NONE, Terminal.of(null, Map.of()));
    }

    @Test
    void shouldSayNothingElsewhereThanOnATerminalWhileWorkIsShort() {
        StringWriter err = new StringWriter();
        Progress progress = new Progress(new PrintWriter(err), false, false);
        progress.update("1 of 2");
        progress.clear();
        assertEquals("", err.toString());
    }
}
