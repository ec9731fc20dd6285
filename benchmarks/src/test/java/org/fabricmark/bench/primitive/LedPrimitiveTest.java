package org.fabricmark.bench.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.fabricmark.bootstrap.Pinning;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LedPrimitiveTest {
    private final List<String> said = new CopyOnWriteArrayList<>();

    private LedPrimitive open(Primitive primitive, String transport, boolean processes, int bytes, Duration timeout) {
        PrimitiveCase subject = new PrimitiveCase(
                primitive, TransportSpec.parse(transport), processes, primitive.movesData() ? bytes : 0);
        return new LedPrimitive(subject, new RankPair.Start(Pinning.NONE, timeout, (_, line) -> said.add(line)));
    }

    private void run(Primitive primitive, String transport, boolean processes, int bytes) {
        try (LedPrimitive led = open(primitive, transport, processes, bytes, Duration.ofSeconds(20))) {
            for (int stretch = 0; stretch < 3; stretch++) {
                led.begin();
                for (int round = 0; round < 20 * stretch; round++) {
                    led.round();
                }
                assertEquals(0, led.end(), primitive + " over " + transport + ", " + bytes);
            }
        }
        assertEquals(List.of(), said);
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveWhatItSaysOverSharedMemory(Primitive primitive) {
        for (int bytes : new int[] {1, 8, 48, 49, 5000}) {
            run(primitive, "shm", false, bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveWhatItSaysOverSockets(Primitive primitive) {
        for (int bytes : new int[] {8, 300_000}) {
            run(primitive, "netty?io=nio", false, bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "netty?io=nio"})
    void shouldServeARankInAProcess(String transport) {
        run(Primitive.PUT_LATENCY, transport, true, 8);
        run(Primitive.PUT_BANDWIDTH, transport, true, 5000);
    }

    @Test
    void shouldCountWrongBytes() {
        try (LedPrimitive led = open(Primitive.PUT_BANDWIDTH, "shm?fault=corrupt@1/2:rank0:bytes1024", false, 5000,
                Duration.ofSeconds(20))) {
            led.begin();
            long wrong = led.end() + secondStretch(led);
            assertTrue(wrong > 0, "no byte was wrong");
        }
    }

    private static long secondStretch(LedPrimitive led) {
        led.begin();
        for (int round = 0; round < 10; round++) {
            led.round();
        }
        return led.end();
    }

    @Test
    void shouldEndBothRanksWhenAMessageIsLost() {
        try (LedPrimitive led = open(Primitive.NOTIFY_ROUND_TRIP, "shm?fault=drop@30:rank1", false, 0,
                Duration.ofMillis(300))) {
            led.begin();
            assertThrows(FabricException.class, () -> {
                for (int round = 0; round < 100; round++) {
                    led.round();
                }
            });
        } catch (FabricException alsoTheOtherRank) {
            assertTrue(alsoTheOtherRank.getMessage().contains("waited"), alsoTheOtherRank.getMessage());
        }
    }

    @Test
    void shouldRefuseSizesThatDoNotFit() {
        assertThrows(IllegalArgumentException.class,
                () -> new PrimitiveCase(Primitive.NOTIFY_ROUND_TRIP, TransportSpec.parse("shm"), false, 8));
        assertThrows(IllegalArgumentException.class,
                () -> new PrimitiveCase(Primitive.PUT_LATENCY, TransportSpec.parse("shm"), false, 0));
    }
}
