package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.transport.TransportProvider;
import org.fabricmark.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ListCommandTest {
    private static JsonNode json(String list) {
        CommandRun run = CommandRun.of("list", list, "--format", "json");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        return new JsonMapper().readTree(run.out());
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(entry -> names.add(entry.get("name").asString()));
        return names;
    }

    @Test
    void shouldListEveryAlgorithmWithWhatItStates() {
        String text = CommandRun.of("list", "algorithms").out();
        for (Algorithm algorithm : Algorithms.all()) {
            assertTrue(
                    text.contains(algorithm.collective().label() + " " + algorithm.name() + ": "
                            + algorithm.description().summary()),
                    text);
            assertTrue(text.contains(algorithm.description().costFormula()), text);
            assertTrue(text.contains(algorithm.description().source()), text);
        }
        assertEquals(Algorithms.all().stream().map(Algorithm::name).toList(), names(json("algorithms")));
    }

    @Test
    void shouldListTransportsWithOptionsAndAvailability() {
        JsonNode transports = json("transports");
        assertEquals(Transports.all().stream().map(TransportProvider::name).toList(), names(transports));
        JsonNode shm = transports.get(names(transports).indexOf("shm"));
        assertEquals(shm.get("available").asBoolean(), shm.get("reason").isNull());
        assertTrue(names(shm.get("options")).contains("direct"));
        assertTrue(CommandRun.of("list", "transports").out()
                .contains("here: " + (shm.get("available").asBoolean() ? "yes" : "no")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"collectives", "algorithms", "transports", "types", "operations"})
    void shouldPrintEveryListAsTextAndAsJson(String list) {
        CommandRun text = CommandRun.of("list", list);
        assertEquals(ExitCode.GOOD, text.code());
        assertEquals("", text.err());
        List<String> names = names(json(list));
        assertFalse(names.isEmpty());
        names.forEach(name -> assertTrue(text.out().contains(name), name));
        assertTrue(text.lines().stream().noneMatch(line -> line.endsWith(" ")), text.out());
    }
}
