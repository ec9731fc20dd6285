package org.fabricmark.bench.primitive.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.fabricmark.bench.primitive.RankPair;
import org.fabricmark.bench.primitive.verbs.Queues;
import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;
import org.fabricmark.bootstrap.Pinning;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Short sweeps: which rows there are and what they are made of, not how fast they are. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PrimitiveSweepTest {
    private final List<PrimitiveRow> rows = new ArrayList<>();
    private final List<PrimitiveTest> tables = new ArrayList<>();

    private final PrimitiveListener listener = new PrimitiveListener() {
        @Override
        public void table(PrimitiveTest test) {
            tables.add(test);
        }

        @Override
        public void row(PrimitiveRow row) {
            rows.add(row);
        }

        @Override
        public void progress(String text) {
            assertFalse(text.isBlank());
        }
    };

    private static final RankPair.Start START =
            new RankPair.Start(Pinning.NONE, Duration.ofSeconds(20), (_, line) -> {
                throw new IllegalStateException(line);
            });

    private static final Effort SHORT =
            new Effort(Duration.ofSeconds(2), OptionalInt.of(64), OptionalInt.of(16), OptionalInt.of(2));

    private void sweep(List<PrimitiveTest> tests, String transport, List<Queues> queues, Long... sizes) {
        PrimitiveRequest request = new PrimitiveRequest(tests, List.of(TransportSpec.parse(transport)), List.of(false),
                queues, List.of(sizes), true, SHORT, START);
        try (PrimitiveSweep sweep = new PrimitiveSweep(request, listener)) {
            sweep.run();
        }
        assertEquals(request.rows(), rows.size());
        assertTrue(rows.stream().allMatch(row -> row.wrong() == 0), rows.toString());
    }

    private static List<PrimitiveTest> verbs() {
        return PrimitiveTest.all().stream().filter(test -> test.verbs().isPresent()).toList();
    }

    @Test
    void shouldMeasureEveryPrimitiveOfVerbs() {
        sweep(verbs(), "rdma", List.of(Queues.DEFAULT), 8L, 3000L);
        assertEquals(verbs(), tables);
        for (PrimitiveRow row : rows) {
            assertTrue(row.times().operations() >= 64, row.toString());
            assertTrue(row.times().minNs() > 0, row.toString());
            assertEquals("loopback", row.fabric().orElseThrow().provider());
            assertEquals(row.test().reference() == Reference.NONE, row.ratio().isEmpty(), row.toString());
        }
    }

    @Test
    void shouldMeasureWhatEveryTransportHas() {
        List<PrimitiveTest> transfers =
                PrimitiveTest.all().stream().filter(test -> test.transfer().isPresent()).toList();
        sweep(transfers, "shm", List.of(Queues.DEFAULT), 8L, 3000L);
        assertEquals(List.of("put-lat", "put-bw", "notify", "put-rate"),
                tables.stream().map(PrimitiveTest::label).toList());
        assertEquals(7, rows.size(), "two sizes of each, but of the signal, which has none");
    }

    @Test
    void shouldMakeAMatrixOfQueues() {
        Queues other = new Queues(16, 2, OptionalInt.of(8), OptionalInt.of(4), 2);
        sweep(PrimitiveTest.named("write-bw"), "rdma", List.of(Queues.DEFAULT, other), 8L, 64L);
        assertEquals(List.of(1, 1, 2, 2), rows.stream().map(row -> row.queueing().orElseThrow().pairs()).toList());
        PrimitiveRow.Queueing small = rows.get(2).queueing().orElseThrow();
        assertEquals(new PrimitiveRow.Queueing(2, 16, true, 4, 2), small);
        assertFalse(rows.get(3).queueing().orElseThrow().inline(), "64 bytes do not fit into 8");
    }

    @Test
    void shouldMeasureOnceWhatDiffersInNothingThatIsUsed() {
        Queues other = new Queues(16, 2, OptionalInt.empty(), OptionalInt.empty(), 2);
        sweep(PrimitiveTest.named("read-lat"), "rdma", List.of(Queues.DEFAULT, other), 8L);
        assertEquals(1, rows.size());
    }

    @Test
    void shouldCountHalfOfAPingPongAndAllOfARequest() {
        assertEquals(2, VerbsPrimitive.WRITE_LAT.pattern().operations());
        assertEquals(2, VerbsPrimitive.SEND_LAT.pattern().operations());
        assertEquals(1, VerbsPrimitive.READ_LAT.pattern().operations());
        assertEquals(1, VerbsPrimitive.FETCH_AND_ADD_LAT.pattern().operations());
    }

    @Test
    void shouldEndWhenItsThreadIsInterrupted() {
        PrimitiveRequest request = new PrimitiveRequest(PrimitiveTest.named("write-imm-lat"),
                List.of(TransportSpec.parse("rdma")), List.of(false), List.of(Queues.DEFAULT), List.of(8L), true,
                new Effort(Duration.ofMinutes(5), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                START);
        try (PrimitiveSweep sweep = new PrimitiveSweep(request, new PrimitiveListener() {
            @Override
            public void table(PrimitiveTest test) {
                Thread.ofPlatform().start(() -> interrupt());
            }

            @Override
            public void row(PrimitiveRow row) {
                throw new IllegalStateException("it was to end before");
            }

            @Override
            public void progress(String text) {
                assertFalse(text.isBlank());
            }

            private final Thread rank = Thread.currentThread();

            private void interrupt() {
                rank.interrupt();
            }
        })) {
            assertThrows(FabricException.class, sweep::run);
        }
    }
}
