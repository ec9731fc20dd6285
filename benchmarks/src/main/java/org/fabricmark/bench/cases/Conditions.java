package org.fabricmark.bench.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.fabricmark.results.model.CaseKey;

/**
 * Under which conditions calls of a case are made: the parts of a case that do not change what is computed.
 *
 * @param launch how ranks are started: {@code threads} or {@code processes}
 * @param memory kind of buffers
 * @param cadence what lies between calls
 * @param buffers which buffers a call finds
 * @param arrival who comes late
 * @param unaligned whether buffers begin one element behind an aligned address. Not a part of a case's name: its results are
 *     flagged instead
 */
public record Conditions(
        String launch, Memory memory, Cadence cadence, Buffers buffers, Arrival arrival, boolean unaligned) {
    /** Ranks are threads of one process. */
    public static final String THREADS = "threads";

    /** Ranks are processes on one host. */
    public static final String PROCESSES = "processes";

    private static final List<String> LAUNCHES = List.of(THREADS, PROCESSES);

    /** What a case has when nothing is said. */
    public static final Conditions DEFAULT =
            new Conditions(THREADS, Memory.WINDOW, Cadence.STREAMING, Buffers.SAME, Arrival.NONE, false);

    /** Refuses what this harness cannot do, by name, and what makes no sense. */
    public Conditions {
        Objects.requireNonNull(memory, "memory");
        if (!LAUNCHES.contains(launch)) {
            throw new IllegalArgumentException(
                    "launch '" + launch + "' is not available yet; available: " + String.join(", ", LAUNCHES));
        }
        if (cadence == Cadence.STREAMING && needsIsolation(buffers, arrival)) {
            throw new IllegalArgumentException("calls cannot be streaming when something is done before each of them: "
                    + (buffers == Buffers.COLD ? "buffers " + buffers : "arrival " + arrival));
        }
        if (unaligned && memory == Memory.PRIVATE) {
            throw new IllegalArgumentException("unaligned buffers are a matter of windows, not of private memory");
        }
    }

    /**
     * The conditions that a stored case names; buffers are aligned, for that is not a part of a case.
     *
     * @throws IllegalArgumentException when it names others than there are
     */
    public static Conditions of(CaseKey key) {
        return new Conditions(
                key.launch(),
                named("memory", Memory.values(), key.memory()),
                named("cadence", Cadence.values(), key.cadence()),
                named("buffers", Buffers.values(), key.buffers()),
                Arrival.parse(key.arrival()),
                false);
    }

    private static <T> T named(String condition, T[] known, String word) {
        return Arrays.stream(known)
                .filter(value -> value.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + condition + " '" + word + "'"));
    }

    /** Whether something happens before each call, so that calls cannot follow each other back to back. */
    public static boolean needsIsolation(Buffers buffers, Arrival arrival) {
        return buffers == Buffers.COLD || !arrival.none();
    }

    /** Whether each call is timed by itself. */
    public boolean isolated() {
        return cadence == Cadence.ISOLATED;
    }

    /** These with ranks that are started in another way. */
    public Conditions withLaunch(String other) {
        return new Conditions(other, memory, cadence, buffers, arrival, unaligned);
    }

    /** These with other memory. */
    public Conditions with(Memory other) {
        return new Conditions(launch, other, cadence, buffers, arrival, unaligned);
    }

    /** These with other buffers; isolated, if they need it. */
    public Conditions with(Buffers other) {
        return new Conditions(launch, memory, cadence(other, arrival), other, arrival, unaligned);
    }

    /** These with another cadence. */
    public Conditions with(Cadence other) {
        return new Conditions(launch, memory, other, buffers, arrival, unaligned);
    }

    /** These with another arrival; isolated, if it needs that. */
    public Conditions with(Arrival other) {
        return new Conditions(launch, memory, cadence(buffers, other), buffers, other, unaligned);
    }

    /** These with buffers that are aligned or not. */
    public Conditions withUnaligned(boolean value) {
        return new Conditions(launch, memory, cadence, buffers, arrival, value);
    }

    private Cadence cadence(Buffers nextBuffers, Arrival nextArrival) {
        return needsIsolation(nextBuffers, nextArrival) ? Cadence.ISOLATED : cadence;
    }

    /** What differs from the default besides how ranks are started, in words: {@code private, cold, arrival late:1:5us}. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (memory != DEFAULT.memory) {
            words.add(memory + " memory");
        }
        if (cadence != DEFAULT.cadence) {
            words.add(cadence.label());
        }
        if (buffers != DEFAULT.buffers) {
            words.add("buffers " + buffers);
        }
        if (!arrival.none()) {
            words.add("arrival " + arrival);
        }
        if (unaligned) {
            words.add("unaligned");
        }
        return words;
    }
}
