package org.fabricmark.results.compare;

import static org.fabricmark.results.compare.Runs.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

import org.fabricmark.results.compare.Ratio.Basis;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Flags;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Cell;
import org.junit.jupiter.api.Test;

class RatioTest {
    private static Cell only(Runs runs) {
        return Cell.of(List.of(runs.run())).getFirst();
    }

    private static Ratio of(Runs base, Runs other) {
        return Ratio.of(only(base), only(other)).orElseThrow();
    }

    @Test
    void shouldPairLaunchesOfOneRun() {
        double[] base = {10, 20, 10, 30, 10, 40};
        StoredRun run = Runs.named("run").launches(key("shm", "ring", 8), base).launches(key("shm", "two-shot", 8),
                IntStream.range(0, 6).mapToDouble(i -> base[i] * (1.1 + 0.001 * i)).toArray()).run();
        List<Cell> cells = Cell.of(List.of(run));
        Ratio ratio = Ratio.of(cells.get(0), cells.get(1)).orElseThrow();
        assertEquals(Basis.PAIRED_LAUNCHES, ratio.basis());
        assertEquals(16.53 / 15, ratio.value(), 1e-12);
        assertEquals(1.1, ratio.interval().orElseThrow().low(), 1e-4);
        assertEquals(1.105, ratio.interval().orElseThrow().high(), 1e-4);
        assertEquals(1 - 2.0 / 64, ratio.interval().orElseThrow().confidence(), 1e-12);
        assertEquals(2.0 / 64, ratio.p().orElseThrow(), 1e-12);
        assertTrue(ratio.isDecided());
    }

    @Test
    void shouldNotPairLaunchesOfDifferentRuns() {
        double[] times = {10, 20, 10, 30, 10, 40};
        Ratio ratio = of(Runs.named("a").launches(key("shm", "ring", 8), times),
                Runs.named("b").launches(key("shm", "ring", 8), IntStream.range(0, 6).mapToDouble(i -> 1.1 * times[i])
                        .toArray()));
        assertEquals(Basis.LAUNCHES, ratio.basis());
        assertEquals(1.1, ratio.value(), 1e-9);
        assertFalse(ratio.isDecided());
    }

    @Test
    void shouldNotClaimMoreThanFewLaunchesCanGive() {
        Ratio ratio = of(Runs.named("a").launches(key("shm", "ring", 8), 10, 11, 12),
                Runs.named("b").launches(key("shm", "ring", 8), 20, 22, 24));
        assertEquals(Basis.LAUNCHES, ratio.basis());
        assertEquals(2, ratio.value(), 1e-9);
        assertEquals(0.9, ratio.interval().orElseThrow().confidence(), 1e-12);
        assertEquals(20.0 / 12, ratio.interval().orElseThrow().low(), 1e-9);
        assertEquals(0.1, ratio.p().orElseThrow(), 1e-12);
    }

    @Test
    void shouldTakeBatchesOfASingleLaunchForWhatTheyAre() {
        double[] batches = IntStream.range(0, 101).mapToDouble(i -> 10 + i * 0.01).toArray();
        Ratio ratio = of(Runs.named("a").batches(key("shm", "ring", 8), batches),
                Runs.named("b").batches(key("shm", "ring", 8), batches));
        assertEquals(Basis.WITHIN_LAUNCH, ratio.basis());
        assertEquals(OptionalDouble.empty(), ratio.p());
        assertTrue(ratio.interval().orElseThrow().confidence() >= 0.95);
        assertTrue(ratio.interval().orElseThrow().low() < 1 && ratio.interval().orElseThrow().high() > 1);
        Ratio mixed = of(Runs.named("a").batches(key("shm", "ring", 8), batches),
                Runs.named("b").launches(key("shm", "ring", 8), 20, 21, 22, 23));
        assertEquals(Basis.LAUNCHES, mixed.basis());
        assertEquals(0.6, mixed.interval().orElseThrow().confidence(), 1e-12);
    }

    @Test
    void shouldHaveNoIntervalWithoutSamples() {
        Ratio ratio = of(Runs.named("a").cell(key("shm", "ring", 8), 2),
                Runs.named("b").launches(key("shm", "ring", 8), 3, 4, 5));
        assertEquals(new Ratio(2, Optional.empty(), Basis.NONE, OptionalDouble.empty(), true), ratio);
        assertFalse(ratio.isDecided());
    }

    @Test
    void shouldNotDivideWhatIsWrongOrTookNoTime() {
        Cell good = only(Runs.named("a").cell(key("shm", "ring", 8), 2));
        Cell wrong = only(Runs.named("b").cell(key("shm", "ring", 8), 1, more -> more.wrong(1)));
        Cell nothing = only(Runs.named("c").cell(key("shm", "ring", 8), 0));
        assertEquals(Optional.empty(), Ratio.of(good, wrong));
        assertEquals(Optional.empty(), Ratio.of(wrong, good));
        assertEquals(Optional.empty(), Ratio.of(good, nothing));
        assertEquals(Optional.empty(), Ratio.of(nothing, good));
        assertThrows(IllegalArgumentException.class,
                () -> new Ratio(Double.NaN, Optional.empty(), Basis.NONE, OptionalDouble.empty(), true));
    }

    @Test
    void shouldDecideNothingWhenTheMachineWasAnother() {
        Runs fast = Runs.named("a").launches(key("shm", "ring", 8), more -> more.exchangeNs(50), 10, 10.1, 10.2, 10.3);
        Runs slow = Runs.named("b").launches(key("shm", "ring", 8), more -> more.exchangeNs(61), 20, 20.1, 20.2, 20.3);
        assertFalse(of(fast, slow).isDecided());
        assertFalse(of(fast, slow).sameRegime());
        Runs alike = Runs.named("b").launches(key("shm", "ring", 8), more -> more.exchangeNs(59), 20, 20.1, 20.2, 20.3);
        assertTrue(of(fast, alike).isDecided());
        Runs changed = Runs.named("b").launches(key("shm", "ring", 8),
                more -> more.flags(Flags.of(Flag.MACHINE_CHANGED)), 20, 20.1, 20.2, 20.3);
        assertFalse(of(fast, changed).isDecided());
        Runs sockets = Runs.named("b").launches(key("netty", "ring", 8), more -> more.exchangeNs(9000), 20, 20.1, 20.2,
                20.3);
        assertTrue(of(fast, sockets).isDecided());
    }

    @Test
    void shouldDecideNothingBetweenTransportsWhenALineTookLongerBesideOneOfThem() {
        Runs memory =
                Runs.named("a").launches(key("shm", "ring", 8), more -> more.exchangeNs(60).lineNs(60), 10, 10.1, 10.2,
                        10.3);
        Runs sockets = Runs.named("b").launches(key("netty", "ring", 8), more -> more.exchangeNs(6000).lineNs(250), 20,
                20.1, 20.2, 20.3);
        assertFalse(of(memory, sockets).isDecided());
        Runs same =
                Runs.named("b").launches(key("netty", "ring", 8), more -> more.exchangeNs(6000).lineNs(70), 20, 20.1,
                        20.2, 20.3);
        assertTrue(of(memory, same).isDecided());
    }
}
