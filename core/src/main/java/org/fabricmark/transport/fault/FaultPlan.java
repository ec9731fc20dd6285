package org.fabricmark.transport.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;

/**
 * What is to go wrong during a job: {@code drop@2:rank1}, {@code delay@1/4:20us,corrupt@100-200:rank0:peer1+seed7}. Faults are
 * separated by commas or plus signs; the plan is one option of a transport ({@link Transports#FAULT}), where it has its one
 * spelling, with plus signs, and with the seed if anything is drawn. So a run under faults never has the name of another one.
 *
 * @param faults each fault
 * @param seed of all draws
 */
public record FaultPlan(List<Fault> faults, long seed) {
    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(List.of(), 1);

    private static final String FORM = "KIND@STEP[:rankN][:peerN][:bytesN][:TIME]";
    private static final Pattern SEED = Pattern.compile("seed(-?[0-9]{1,18})");
    private static final Pattern STEP = Pattern.compile("([1-9][0-9]{0,11})");
    private static final Pattern BETWEEN = Pattern.compile("([1-9][0-9]{0,11})-([1-9][0-9]{0,11})");
    private static final Pattern ONE_IN = Pattern.compile("1/([1-9][0-9]{0,11})");
    private static final Pattern NUMBERED = Pattern.compile("(rank|peer|bytes)([0-9]{1,9})");

    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /**
     * The plan that is written so.
     *
     * @throws IllegalArgumentException with one line that names the fault and says what would be right
     */
    public static FaultPlan parse(String text) {
        List<Fault> faults = new ArrayList<>();
        long seed = NONE.seed;
        for (String part : text.split("[,+]", -1)) {
            Matcher number = SEED.matcher(part);
            if (number.matches()) {
                seed = Long.parseLong(number.group(1));
            } else {
                faults.add(fault(part));
            }
        }
        if (faults.isEmpty()) {
            throw wrong(text, "it names no fault");
        }
        return new FaultPlan(faults, seed);
    }

    /** The plan in a transport's options, or {@link #NONE}. */
    public static FaultPlan of(TransportSpec transport) {
        String text = transport.value(Transports.FAULT);
        return text.equals(Transports.FAULT.defaultValue()) ? NONE : parse(text);
    }

    private static Fault fault(String text) {
        int at = text.indexOf('@');
        String name = text.split("[@:]", 2)[0];
        FaultKind kind = FaultKind.named(name)
                .orElseThrow(() -> wrong(text, "no fault is called '" + name + "'; known: "
                        + Arrays.stream(FaultKind.values()).map(FaultKind::label).collect(Collectors.joining(", "))));
        if (at < 0) {
            throw wrong(text, "it names no step");
        }
        String[] parts = text.substring(at + 1).split(":", -1);
        Fault.When when = when(text, parts[0]);
        int rank = Fault.ANY;
        int peer = Fault.ANY;
        long bytes = 0;
        Duration delay = Duration.ZERO;
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            Matcher numbered = NUMBERED.matcher(part);
            if (!numbered.matches()) {
                delay = delay(text, kind, part);
                continue;
            }
            int value = Integer.parseInt(numbered.group(2));
            switch (numbered.group(1)) {
                case "rank" -> rank = value;
                case "peer" -> peer = value;
                default -> bytes = value;
            }
        }
        if (rank != Fault.ANY && rank == peer) {
            throw wrong(text, "rank and peer are the same");
        }
        return new Fault(kind, when, rank, peer, bytes, delay);
    }

    private static Fault.When when(String fault, String text) {
        Matcher step = STEP.matcher(text);
        if (step.matches()) {
            return new Fault.When.Step(Long.parseLong(text));
        }
        Matcher between = BETWEEN.matcher(text);
        if (between.matches() && Long.parseLong(between.group(1)) <= Long.parseLong(between.group(2))) {
            return new Fault.When.Between(Long.parseLong(between.group(1)), Long.parseLong(between.group(2)));
        }
        Matcher oneIn = ONE_IN.matcher(text);
        if (oneIn.matches()) {
            return new Fault.When.OneIn(Long.parseLong(oneIn.group(1)));
        }
        throw wrong(fault, text.isEmpty() ? "it names no step"
                : "'" + text + "' is no step: a number from 1, a range as in 100-200, or 1/4 for one in four");
    }

    private static Duration delay(String fault, FaultKind kind, String part) {
        Duration delay = FaultTime.parse(part)
                .orElseThrow(() -> wrong(fault, "'" + part + "' is neither rankN, peerN, bytesN nor a time as in 5ms"));
        if (kind != FaultKind.DELAY) {
            throw wrong(fault, "only a delay has a time");
        }
        return delay;
    }

    private static IllegalArgumentException wrong(String fault, String what) {
        return new IllegalArgumentException("fault '" + fault + "': " + what + "; expected: " + FORM);
    }

    /** This plan with another seed. */
    public FaultPlan withSeed(long value) {
        return new FaultPlan(faults, value);
    }

    /** Whether nothing goes wrong. */
    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /**
     * Refuses a fault on a rank that does not exist.
     *
     * @throws IllegalArgumentException with one line
     */
    public void checkRanks(int size) {
        for (Fault fault : faults) {
            int highest = Math.max(fault.rank(), fault.peer());
            if (highest >= size) {
                throw new IllegalArgumentException(
                        "fault '" + fault + "': there is no rank " + highest + " among " + size);
            }
        }
    }

    /** {@code transport} under this plan. */
    public TransportSpec over(TransportSpec transport) {
        Map<String, String> given = new LinkedHashMap<>(transport.given());
        given.put(Transports.FAULT.name(), toString());
        return new TransportSpec(transport.name(), given);
    }

    /** The one spelling. */
    @Override
    public String toString() {
        String text = faults.stream().map(Fault::toString).collect(Collectors.joining("+"));
        return faults.stream().anyMatch(Fault::draws) ? text + "+seed" + seed : text;
    }
}
