package org.fabricmark.bench.primitive.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabricmark.bench.primitive.Primitive;
import org.fabricmark.bench.primitive.verbs.Fabric;
import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;
import org.fabricmark.transport.TransportSpec;

/**
 * A primitive by its name on the command line: one of verbs, below the transport, or one of what every transport offers.
 *
 * @param label its name
 * @param verbs what it is of verbs
 * @param transfer what it is of a transport; one of the two is there
 */
public record PrimitiveTest(String label, Optional<VerbsPrimitive> verbs, Optional<Primitive> transfer) {
    private static final Map<String, List<PrimitiveTest>> WORDS = new LinkedHashMap<>();
    private static final List<PrimitiveTest> ALL = new ArrayList<>();

    static {
        for (VerbsPrimitive each : VerbsPrimitive.values()) {
            word(each.label(), new PrimitiveTest(each.label(), Optional.of(each), Optional.empty()));
        }
        transfer("put-lat", Primitive.PUT_LATENCY);
        transfer("put-bw", Primitive.PUT_BANDWIDTH);
        transfer("notify", Primitive.NOTIFY_ROUND_TRIP);
        transfer("put-rate", Primitive.MESSAGE_RATE);
        // Words that stand for several: the ways to see a write, the kinds of atomics, the levels of a rate.
        also("write-lat", "write-imm-lat");
        also("atomic-lat", "fetch-and-add-lat", "compare-and-swap-lat");
        also("atomic-bw", "fetch-and-add-bw", "compare-and-swap-bw");
        also("rate", "put-rate");
    }

    private static void transfer(String label, Primitive primitive) {
        word(label, new PrimitiveTest(label, Optional.empty(), Optional.of(primitive)));
    }

    private static void word(String word, PrimitiveTest test) {
        WORDS.put(word, new ArrayList<>(List.of(test)));
        ALL.add(test);
    }

    private static void also(String word, String... labels) {
        Arrays.stream(labels).forEach(
                label -> WORDS.computeIfAbsent(word, _ -> new ArrayList<>()).add(WORDS.get(label).getFirst()));
    }

    /** All of them, in the order in which they are measured. */
    public static List<PrimitiveTest> all() {
        return List.copyOf(ALL);
    }

    /** All words that {@link #named} knows. */
    public static List<String> words() {
        return List.copyOf(WORDS.keySet());
    }

    /** What a word stands for; nothing if it is not known. */
    public static List<PrimitiveTest> named(String word) {
        return List.copyOf(WORDS.getOrDefault(word, List.of()));
    }

    /** Whether {@code transport} has it. */
    public boolean existsOver(TransportSpec transport) {
        return verbs.isEmpty() || transport.name().equals(Fabric.TRANSPORT);
    }

    /** Whether it is asked how many, not how long. */
    public boolean streams() {
        return verbs.map(VerbsPrimitive::streams)
                .orElseGet(() -> transfer.get() == Primitive.PUT_BANDWIDTH || rate());
    }

    /** Whether it is asked for messages in a second: sizes are swept only on request. */
    public boolean rate() {
        return verbs.map(each -> each == VerbsPrimitive.RATE)
                .orElseGet(() -> transfer.get() == Primitive.MESSAGE_RATE);
    }

    /** The sizes that it takes of those asked for; a single one where it has but one. */
    public List<Long> sizes(List<Long> asked, boolean chosen) {
        if (transfer.isPresent() && !transfer.get().movesData()) {
            return List.of(0L);
        }
        boolean word = verbs.map(VerbsPrimitive::atomic).orElse(false) || rate() && !chosen;
        return word ? List.of((long) VerbsPrimitive.ATOMIC_BYTES) : asked;
    }

    /** What its figures are held against. */
    public Reference reference() {
        if (!streams()) {
            boolean roundTrip = verbs.map(each -> each.pattern() == VerbsPrimitive.Pattern.REQUEST)
                    .orElseGet(() -> transfer.get() == Primitive.NOTIFY_ROUND_TRIP);
            return roundTrip ? Reference.ROUND_TRIP : Reference.EXCHANGE;
        }
        return rate() || verbs.map(VerbsPrimitive::atomic).orElse(false) ? Reference.NONE : Reference.COPY;
    }

    /** What one operation is, in words. */
    public String meaning() {
        return verbs.map(PrimitiveTest::meaning).orElseGet(() -> switch (transfer.get()) {
            case PUT_LATENCY -> "put with a signal, answered by one: half of there and back";
            case PUT_BANDWIDTH -> "puts in a row, a signal after each " + Primitive.STREAM;
            case NOTIFY_ROUND_TRIP -> "a signal, answered by one: there and back";
            case MESSAGE_RATE -> "puts in a row, a signal with each";
        });
    }

    private static String meaning(VerbsPrimitive verbs) {
        return switch (verbs) {
            case WRITE_LAT -> "RDMA write, answered by one: half of there and back; the last byte in memory is polled";
            case WRITE_IMM_LAT ->
                "RDMA write with immediate, answered by one: half of there and back; the receive is polled";
            case SEND_LAT -> "send, answered by one: half of there and back; the receive is polled";
            case READ_LAT -> "RDMA read: from posting to its completion, there and back";
            case FETCH_AND_ADD_LAT -> "fetch-and-add: from posting to its completion, there and back";
            case COMPARE_AND_SWAP_LAT -> "compare-and-swap: from posting to its completion, there and back";
            case WRITE_BW, RATE -> "RDMA writes; a write is done when the sender has a completion";
            case SEND_BW -> "sends; a send is done when the sender has a completion";
            case READ_BW -> "RDMA reads; a read is done when its completion is there";
            case FETCH_AND_ADD_BW -> "fetch-and-adds; one is done when its completion is there";
            case COMPARE_AND_SWAP_BW -> "compare-and-swaps; one is done when its completion is there";
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
