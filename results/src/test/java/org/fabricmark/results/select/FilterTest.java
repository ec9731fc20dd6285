package org.fabricmark.results.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final CaseKey KEY = CaseKey.builder("all-reduce").algorithm("ring").transport("netty?io=a,b")
            .inPlace(true).bytes(65_536).build();
    private static final Cell CELL = cell(KEY);

    private static Cell cell(CaseKey key) {
        CaseResult result = CaseResult.builder(key, 1, 1, 1).timeUs(1).build();
        return new Cell(StoredRun.of("run", Run.of(Instant.EPOCH, List.of(), 1, Environment.UNKNOWN,
                Optional.empty(), List.of(result))), result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"algorithm:ring", "algorithm:bruck,ring", "bytes:64K", "bytes:65536", "bytes:[1K..1M]",
        "bytes:[64KiB..64KiB]", "bytes:[..1M]", "bytes:[1K..]", "bytes:8,64K", "-algorithm:bruck", "in_place:yes",
        "transport:\"netty?io=a,b\"", "transport.name:netty", "transport.io:\"a,b\"", "run:run",
        "  algorithm:ring   bytes:[1K..1M] -ranks:3 "})
    void shouldLetThrough(String filter) {
        assertTrue(Filter.parse(filter).test(CELL), filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"algorithm:rin", "algorithm:RING", "bytes:64", "bytes:[128K..1M]", "bytes:[..8]",
        "-algorithm:ring", "algorithm:ring bytes:8", "transport:netty", "commit:x", "algorithm:[1..2]"})
    void shouldKeepOut(String filter) {
        assertFalse(Filter.parse(filter).test(CELL), filter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "byts:8 | no label 'byts'; known: primitive, collective, algorithm",
        "bytes | cannot read 'bytes'; a filter is LABEL:TEXT",
        "bytes: | cannot read 'bytes:'",
        "bytes:8 ] | cannot read ']'",
        "bytes:[1M..1K] | the range [1M..1K] runs backwards",
        "bytes:[1K-1M] | '[1K-1M]' is no range",
        "bytes:[x..1M] | 'x' is no number",
        "' ' | it is empty"})
    void shouldSayWhatIsWrongWithAFilter(String filter, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> Filter.parse(filter)).getMessage();
        assertTrue(said.startsWith(message), said);
        assertEquals(1, said.lines().count());
    }

    @Test
    void shouldOrderNumbersBySizeAndRunsAsTheyWereNamed() {
        LabelOrder order = new LabelOrder(List.of("new", "a"));
        List<Key> keys = Stream.of("1024,a", "8,new", "8,a", "-,a").map(text -> new Key(List.of("bytes", "run"),
                List.of(text.split(",")))).sorted(order).toList();
        assertEquals("[8,new, 8,a, 1024,a, -,a]", keys.toString());
    }

    @Test
    void shouldNameWhatACellIsCalled() {
        Key key = Key.of(CELL, List.of("algorithm", "bytes", "commit"));
        assertEquals("algorithm=ring bytes=65536 commit=-", key.assignments());
        assertEquals("ring,65536,-", key.toString());
    }
}
