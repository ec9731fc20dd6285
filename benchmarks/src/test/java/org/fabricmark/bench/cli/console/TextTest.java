package org.fabricmark.bench.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
