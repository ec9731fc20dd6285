package org.fabricmark.bench.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.fabricmark.results.model.Fitness;
import org.junit.jupiter.api.Test;

class FitnessRulesTest {
    private static Fitness judge(int cores, double load, String governor, double cpus, double steal, long throttled) {
        return FitnessRules.judge(new FitnessRules.Signs(
                cores,
                Optional.of(load),
                Optional.ofNullable(governor),
                cpus > 0 ? OptionalDouble.of(cpus) : OptionalDouble.empty(),
                OptionalDouble.of(steal),
                OptionalLong.of(throttled),
                List.of(50.0, 55.0, 60.0)));
    }

    @Test
    void shouldFindAQuietMachineFitWithoutReasons() {
        assertEquals(new Fitness(Fitness.FIT, List.of()), judge(2, 0.2, "performance", 0, 0, 0));
    }

    @Test
    void shouldFindFitWhenNothingCouldBeRead() {
        FitnessRules.Signs unknown = new FitnessRules.Signs(
                4,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                List.of());
        assertTrue(FitnessRules.judge(unknown).isFit());
    }

    @Test
    void shouldRefuseWhatMakesNumbersWorthless() {
        assertReason("1 core: ranks take turns", judge(1, 0, null, 0, 0, 0));
        assertReason("the control group allows 1.50 processors", judge(2, 0, null, 1.5, 0, 0));
        assertReason("the control group stopped us in 3 periods", judge(2, 0, null, 2, 0, 3));
        assertReason("the host took away 12.3 % of the time", judge(2, 0, null, 0, 12.34, 0));
        assertReason("load 2.5 in the last minute on 2 cores: something else runs", judge(2, 2.5, null, 0, 0, 0));
    }

    @Test
    void shouldOnlyWarnOfWhatCanBeLivedWith() {
        Fitness fitness = judge(2, 1.5, "powersave", 2, 1, 0);
        assertTrue(fitness.isFit());
        assertEquals(3, fitness.reasons().size());
    }

    @Test
    void shouldWarnWhenTheExchangeChanges() {
        Fitness fitness = FitnessRules.judge(new FitnessRules.Signs(
                2,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                List.of(50.0, 260.0)));
        assertTrue(fitness.isFit());
        assertTrue(fitness.reasons().getFirst().startsWith("the exchange of a line took from 50 to 260 ns"));
    }

    private static void assertReason(String reason, Fitness fitness) {
        assertFalse(fitness.isFit());
        assertEquals(List.of(reason), fitness.reasons());
    }
}
