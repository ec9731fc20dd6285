package org.fabricmark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.verify.Call;
import org.fabricmark.schedule.verify.Delivery;
import org.fabricmark.schedule.verify.Form;
import org.fabricmark.schedule.verify.Verifier;
import org.fabricmark.schedule.verify.Violation;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Region;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Binds random schedules to random buffers, valid and invalid ones. What is refused must be refused in words that name the place;
 * what is bound runs, and stays inside its memory: nothing stands between a program and the end of the JVM but the binder.
 */
class BinderFuzzTest {
    private static final long SEED = Long.getLong("fabricmark.seed", System.nanoTime());

    /** Either the place of a step, or what of the binding as a whole does not fit. */
    private static final Pattern REFUSAL = Pattern.compile(
            "rank \\d+ channel \\d+ step \\d+: .+ in .+"
                    + "|.* bytes, the schedule's elements have .*|op=.* does not fit .*|signals .* do not fit a table of .*"
                    + "|a schedule of rank \\d+ of \\d+ does not fit a transport of rank .*",
            Pattern.DOTALL);

    /** One schedule in so many is also given to the verifier. */
    private static final int PROVEN = 10;

    private long refused;
    private long ran;
    private long waits;
    private long proven;
    private long outOfBounds;

    @Test
    @Timeout(120)
    void shouldRefuseOrRunWhateverIsBound() {
        fuzz(5_000);
    }

    @Test
    @Tag("stress")
    @Timeout(3600)
    void shouldRefuseOrRunWhateverIsBoundForVeryLong() {
        fuzz(Long.getLong("fabricmark.stress.schedules", 200_000));
    }

    private void fuzz(long schedules) {
        for (long i = 0; i < schedules; i++) {
            long seed = SEED + i;
            try {
                bindAndRun(new SplittableRandom(seed));
                if (i % PROVEN == 0) {
                    compareWithVerifier(RandomSchedule.draw(new SplittableRandom(seed)));
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("schedule " + i + ", repeat with -Dfabricmark.seed=" + seed + ": " + e, e);
            }
        }
        System.out.printf(
                "fuzz: %d schedules bound: %d refused, %d ran, %d would have waited for ever; 0 out of bounds; of one in %d,"
                        + " the verifier accepted %d, which bind, and found %d out of bounds, which do not;"
                        + " fabricmark.seed=%d%n",
                schedules, refused, ran, waits, PROVEN, proven, outOfBounds, SEED);
        assertEquals(schedules, refused + ran + waits);
        assertTrue(refused > schedules / 10 && ran > schedules / 10, "not a mixture");
    }

    private void bindAndRun(SplittableRandom random) {
        RandomSchedule drawn = RandomSchedule.draw(random);
        Schedule schedule = drawn.schedule();
        int size = schedule.shape().size();
        try (RecklessTransport transport = new RecklessTransport(schedule.rank(), size, drawn.direct())) {
            Binding binding = binding(drawn, transport, random);
            Program program;
            try {
                program = Binder.bind(schedule, binding, transport);
            } catch (IllegalArgumentException e) {
                assertTrue(REFUSAL.matcher(e.getMessage()).matches(), "says too little: " + e.getMessage());
                refused++;
                return;
            }
            try {
                new Engine(transport, Waiting.SPIN, 1).run(program);
                ran++;
            } catch (FabricException e) {
                assertEquals(Category.LINK_LOST, e.failure().category()); // it waits for a bump of its own channels
                waits++;
            }
            transport.checkBands();
        }
    }

    /** With buffers that fit, the binder takes all that the verifier accepts, and nothing that the verifier finds out of bounds. */
    private void compareWithVerifier(RandomSchedule drawn) {
        Schedule schedule = drawn.schedule();
        Call call = (drawn.direct() ? Form.DIRECT : Form.LOWERED).call(drawn.emission());
        List<Schedule> schedules = new ArrayList<>(call.schedules());
        schedules.set(schedule.rank(), schedule);
        Optional<Violation> violation = Verifier.verify(call.withSchedules(schedules), 2, Delivery.BY_WIRE);
        boolean accepted = violation.isEmpty();
        boolean outside = violation.isPresent() && violation.get().kind() == Violation.Kind.BOUNDS;
        if (!accepted && !outside) {
            return;
        }
        proven += accepted ? 1 : 0;
        outOfBounds += outside ? 1 : 0;
        try (RecklessTransport transport =
                new RecklessTransport(schedule.rank(), schedule.shape().size(), drawn.direct())) {
            Binder.bind(schedule, fittingBinding(drawn, transport), transport);
            assertTrue(accepted, "bound, although " + violation);
        } catch (IllegalArgumentException e) {
            boolean capability = e.getMessage().contains("needs DIRECT_ACCESS"); // of which a proof knows nothing
            assertTrue(outside || capability, "refused, although proven: " + e.getMessage());
        }
    }

    private static Binding fittingBinding(RandomSchedule drawn, RecklessTransport transport) {
        Shape shape = drawn.schedule().shape();
        Region region = transport.allocate(1 << 16);
        return new Binding(
                drawn.type(),
                drawn.op(),
                BoundSpace.at(region, 0, shape.inputElements()),
                BoundSpace.at(region, 8192, shape.outputElements()),
                BoundSpace.at(region, 16384, drawn.schedule().scratchElements()),
                new SignalTotals(transport.allocateSignals(Math.max(1, drawn.schedule().signals())), shape.size()),
                0);
    }

    private static Binding binding(RandomSchedule drawn, RecklessTransport transport, SplittableRandom random) {
        Shape shape = drawn.schedule().shape();
        Region region = transport.allocate(1 + random.nextInt(8192));
        Region other = random.nextBoolean() ? region : transport.allocate(1 + random.nextInt(8192));
        long slack = random.nextInt(4) == 0 ? random.nextInt(40) : 0;
        DataType type = random.nextInt(50) == 0 ? DataType.values()[random.nextInt(DataType.values().length)]
                : drawn.type();
        ReduceOp op = random.nextInt(50) == 0 ? null : drawn.op();
        int signals = drawn.schedule().signals();
        int firstSignal = random.nextInt(3);
        int available = Math.max(1, firstSignal + signals - (random.nextInt(30) == 0 ? 1 : 0));
        return new Binding(
                type,
                op,
                space(region, shape.inputElements() + slack, shape.elementBytes(), random),
                space(other, shape.outputElements() + slack, shape.elementBytes(), random),
                space(region, drawn.schedule().scratchElements() + slack, shape.elementBytes(), random),
                new SignalTotals(transport.allocateSignals(available), shape.size()),
                random.nextInt(60) == 0 ? Integer.MAX_VALUE : firstSignal);
    }

    /** Mostly where it fits, sometimes across the end of the region or far behind it, sometimes at an odd address. */
    private static BoundSpace space(Region region, long elements, int width, SplittableRandom random) {
        long room = Math.max(0, region.bytes() - elements * width);
        long offset = switch (random.nextInt(12)) {
            case 0 -> room + random.nextInt(1 + (int) region.bytes());
            case 1 -> random.nextLong(Long.MAX_VALUE / 4);
            case 2 -> room;
            default -> random.nextLong(room + 1) / 64 * 64;
        };
        long perRank = switch (random.nextInt(12)) {
            case 0, 1 -> random.nextInt(300);
            case 2 -> random.nextLong(Long.MAX_VALUE);
            default -> 0;
        };
        boolean endless = random.nextInt(20) == 0; // then only the region's end limits it
        return new BoundSpace(region, offset, perRank, endless ? Long.MAX_VALUE : elements);
    }
}
