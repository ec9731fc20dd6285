package org.fabricmark.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncubatorLineTest {
    private static final String LINE = IncubatorLine.TEXT + "\n";

    private final StringBuilder passed = new StringBuilder();
    private final IncubatorLine filter = new IncubatorLine(character -> passed.append((char) character));

    private void write(String text) {
        text.chars().forEach(filter::write);
    }

    @Test
    void shouldDropTheLineOfEveryForkAndNothingElse() {
        write(LINE + "one\n" + LINE + LINE + "two\n");
        assertEquals("one\ntwo\n", passed.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"WARNING: Using incubator modules: jdk.incubator.foreign\n",
        "WARNING: Using incubator modules: jdk.incubator.vector, jdk.incubator.foreign\n", "WARNING: a lock is old\n",
        "WWARNING: Using incubator modules: jdk.incubator.vector\n",
        "# WARNING: Using incubator modules: jdk.incubator.vector\n",
        "\n\nW\n"})
    void shouldPassOnWhatOnlyLooksLikeIt(String other) {
        write(other);
        assertEquals(other, passed.toString());
    }

    @Test
    void shouldPassOnWhatEndsInTheMiddleOfTheLine() {
        write("WARNING: Using");
        assertEquals("", passed.toString());
        filter.lineEnded();
        assertEquals("WARNING: Using", passed.toString());
    }

    @Test
    void shouldKnowThatALineOfJmhItselfHasEnded() {
        write("no newline");
        filter.lineEnded();
        write(LINE);
        assertEquals("no newline", passed.toString());
    }
}
