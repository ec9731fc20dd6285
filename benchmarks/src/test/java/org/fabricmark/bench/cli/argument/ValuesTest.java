package org.fabricmark.bench.cli.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static RankCounts ranks(String text) {
        return new RankCounts.Converter().convert(text);
    }

    @Test
    void shouldReadListsAndRangesOfRanksInTheOrderGiven() {
        assertEquals(List.of(2, 3, 4, 5, 7, 9), ranks("2-5,7,9").counts());
        assertEquals(List.of(9, 1, 2), ranks("9,1-2,2").counts());
        assertEquals(List.of(1024), ranks("1024").counts());
        assertEquals(9, ranks("9,1-2").largest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "1025", "99999999999999999999", "-1", "1--2", "2-", "-", "a-b", "3-1", "1,",
        "1;2", "1.5"})
    void shouldRefuseWhatIsNoNumberOfRanks(String text) {
        assertThrows(Misuse.class, () -> ranks(text));
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "1K, 1024", "100k, 102400", "64M, 67108864", "1G, 1073741824",
        "8589934591G, 9223372035781033984"})
    void shouldReadSizesInPowersOf1024(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "-1", "8Q", "K", "1.5K", "1KB", "1 K", "0x10", "8589934592G", "9223372036854775808"})
    void shouldRefuseWhatIsNoSize(String text) {
        assertThrows(Misuse.class, () -> ByteSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "1000, 1000", "1024, 1K", "1536, 1536", "65536, 64K", "67108864, 64M", "3221225472, 3G",
        "1099511627776, 1024G", "0, 0"})
    void shouldWriteSizesInTheShortestExactForm(long bytes, String text) {
        assertEquals(text, ByteSize.format(bytes));
    }

    @ParameterizedTest
    @CsvSource({"5s, PT5S", "200ms, PT0.2S", "50us, PT0.00005S", "2m, PT2M", "1h, PT1H", "90, PT1M30S", "0.5, PT0.5S"})
    void shouldReadTimesWithUnitsAndBareSeconds(String text, Duration time) {
        assertEquals(time, new Durations().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0ms", "-5s", "5x", "s", "1e3", "five", "5 s", "0.0000000001", "Infinity"})
    void shouldRefuseWhatIsNoTime(String text) {
        assertThrows(Misuse.class, () -> new Durations().convert(text));
    }

    @Test
    void shouldWriteTimesInOneUnit() {
        assertEquals("90s", Durations.format(Duration.ofSeconds(90)));
        assertEquals("200ms", Durations.format(Duration.ofMillis(200)));
        assertEquals("50us", Durations.format(Duration.ofNanos(50_000)));
    }

    @Test
    void shouldGuessANameWithATypingErrorAndNoOther() {
        List<String> names = List.of("ring", "bruck", "two-shot");
        assertEquals(Optional.of("ring"), Names.closest("rng", names));
        assertEquals(Optional.of("two-shot"), Names.closest("twoshot", names));
        assertEquals(Optional.of("bruck"), Names.closest("brukc", names));
        assertEquals(Optional.empty(), Names.closest("pat", names));
        assertEquals(Optional.empty(), Names.closest("", names));
    }

    @Test
    void shouldCountLettersToInsertDeleteOrReplace() {
        assertEquals(0, Names.edits("ring", "ring"));
        assertEquals(3, Names.edits("kitten", "sitting"));
        assertEquals(4, Names.edits("", "ring"));
    }

    @ParameterizedTest
    @CsvSource({"'none', none", "'late:1:5us,late:1:0.005ms', late:1:5us",
        "'linear:1,random:2ms', 'linear:1s, random:2ms'"})
    void shouldReadWhoComesLate(String text, String patterns) {
        assertEquals("[" + patterns + "]", new Arrivals.Converter().convert(text).patterns().toString());
    }

    @ParameterizedTest
    @CsvSource({"'50,99,99.9', '50, 99, 99.9'", "'99.90,50,99.9', '99.9, 50'", "'10', 10", "'0.01', 0.01"})
    void shouldReadPercentiles(String text, String values) {
        assertEquals("[" + values + "]", new Percentiles.Converter().convert(text).values().toString());
    }
}
