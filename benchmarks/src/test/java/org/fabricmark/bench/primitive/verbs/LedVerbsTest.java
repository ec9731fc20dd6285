package org.fabricmark.bench.primitive.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.fabricmark.bench.primitive.RankPair;
import org.fabricmark.bootstrap.Pinning;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LedVerbsTest {
    private static final int MOST = 20_000;

    private final List<String> said = new CopyOnWriteArrayList<>();

    private RankPair.Start start() {
        return new RankPair.Start(Pinning.NONE, Duration.ofSeconds(20), (_, line) -> said.add(line));
    }

    private static VerbsCase over(String transport, boolean processes, Queues queues) {
        return new VerbsCase(Fabric.of(TransportSpec.parse(transport)), processes, queues, MOST);
    }

    private void run(LedVerbs led, VerbsPrimitive primitive, int... sizes) {
        for (int bytes : sizes) {
            for (int rounds : new int[] {0, 1, 200, 300}) {
                led.begin(primitive, primitive.atomic() ? VerbsPrimitive.ATOMIC_BYTES : bytes);
                for (int round = 0; round < rounds; round++) {
                    led.round();
                }
                assertEquals(0, led.end(), primitive + ", " + bytes + " bytes, " + rounds + " rounds");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveWhatItSays(VerbsPrimitive primitive) {
        try (LedVerbs led = new LedVerbs(over("rdma", false, Queues.DEFAULT), start())) {
            run(led, primitive, 1, 8, 300, MOST);
        }
        assertEquals(List.of(), said);
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveWhatItSaysOverSeveralQueuePairsInLists(VerbsPrimitive primitive) {
        Queues queues = new Queues(10, 3, OptionalInt.of(8), OptionalInt.of(7), 4);
        try (LedVerbs led = new LedVerbs(over("rdma", false, queues), start())) {
            run(led, primitive, 2, 8, 300);
        }
    }

    @Test
    void shouldServeARankInAProcess() {
        try (LedVerbs led = new LedVerbs(over("rdma", true, Queues.DEFAULT), start())) {
            for (VerbsPrimitive primitive : VerbsPrimitive.values()) {
                run(led, primitive, 8, 5000);
            }
            assertTrue(led.exchangeNanos() > 0);
            assertTrue(led.copyNanos(4096) > 0);
        }
        assertEquals(List.of(), said);
    }
}
