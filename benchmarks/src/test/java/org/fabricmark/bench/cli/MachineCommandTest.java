package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Fitness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MachineCommandTest {
    @Test
    void shouldSayThatAMachineIsFit() {
        assertEquals(List.of("verdict: fit"), MachineText.verdict(new Fitness(Fitness.FIT, List.of())));
    }

    @Test
    void shouldSayWhatDisturbsAFitMachine() {
        assertEquals(List.of("verdict: fit, but", "  load 1.2"),
                MachineText.verdict(new Fitness(Fitness.FIT, List.of("load 1.2"))));
    }

    @Test
    void shouldSayWhyAMachineIsUnfit() {
        assertEquals(List.of("verdict: unfit, because", "  1 core", "  load 1.2"),
                MachineText.verdict(new Fitness(Fitness.UNFIT, List.of("1 core", "load 1.2"))));
    }

    @Test
    void shouldNameWhatIsUnknownInTheHeaderOfATableAndLeaveItOutOfFacts() {
        assertEquals("unknown processor, threads unknown; unknown kernel; Java unknown",
                MachineText.oneLine(Environment.UNKNOWN));
        assertTrue(MachineText.facts(Environment.UNKNOWN).stream().noneMatch(line -> line.startsWith("state")));
    }

    @Test
    void shouldPutTheMachineInOneLine() {
        Environment.Hardware hardware = Environment.Hardware.of(Optional.of("Example 9000"), OptionalInt.of(8),
                OptionalInt.of(16), new TreeMap<>(), OptionalLong.empty());
        Environment.Software software =
                Environment.Software.of(Optional.of("Linux 6.1"), Optional.empty(), Optional.empty(),
                        Optional.of("25.0.1"), List.of());
        Environment.State state =
                Environment.State.of(Optional.of("powersave"), Optional.empty(), OptionalDouble.of(1.5),
                        OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());
        Environment environment = new Environment(hardware, software, state, Environment.Suite.UNKNOWN);
        assertEquals("Example 9000, 8 cores, 16 threads; Linux 6.1; Java 25.0.1", MachineText.oneLine(environment));
        assertEquals("state      frequency governor powersave, control group allows 1.50 processors",
                MachineText.facts(environment).getLast());
    }

    /** Probes for some seconds. */
    @Tag("slow")
    @Test
    void shouldExitWithTheVerdictWhenChecking() {
        CommandRun run = CommandRun.of("machine", "--check", "--format", "json");
        JsonNode machine = new JsonMapper().readTree(run.out());
        boolean fit = machine.get("fit").get("verdict").asString().equals("fit");
        assertEquals(fit ? ExitCode.GOOD : ExitCode.FAILED, run.code());
        assertTrue(machine.get("limits").get("exchangeNs").asDouble() > 0, run.out());
        assertTrue(machine.get("limits").get("copyGBs").has("16384"), run.out());
    }

    /** Probes for some seconds. */
    @Tag("slow")
    @Test
    void shouldPrintFactsLimitsAndVerdict() {
        CommandRun run = CommandRun.of("machine");
        assertEquals(ExitCode.GOOD, run.code());
        for (String line : List.of("processor  ", "exchange  ", "empty schedule", "verdict: ")) {
            assertTrue(run.lines().stream().anyMatch(text -> text.startsWith(line)), () -> line + "\n" + run.out());
        }
    }
}
