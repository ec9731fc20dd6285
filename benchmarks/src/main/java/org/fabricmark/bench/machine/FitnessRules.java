package org.fabricmark.bench.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.fabricmark.results.model.Fitness;

/** Judges from what was seen while probing whether a machine is fit to measure. */
final class FitnessRules {
    private static final double MUCH_STEAL_PERCENT = 5;
    private static final double SOME_STEAL_PERCENT = 0.5;

    /** A probe that differs so much from another belongs to another placement of the virtual processors. */
    private static final double REGIME_RATIO = 1.5;

    private FitnessRules() {}

    /**
     * What was seen.
     *
     * @param cores processors that the JVM may use
     * @param load threads that wanted to run in the last minute
     * @param governor frequency governor
     * @param cgroupCpus processors' worth of time that the control group allows
     * @param stealPercent time that the host took away while probing
     * @param throttledPeriods periods with the quota used up while probing
     * @param exchanges times of a line exchange, spread over the run
     */
    record Signs(
            int cores,
            Optional<Double> load,
            Optional<String> governor,
            OptionalDouble cgroupCpus,
            OptionalDouble stealPercent,
            OptionalLong throttledPeriods,
            List<Double> exchanges) {}

    /** The verdict, with what speaks against the machine; the first reasons make it unfit, the others are warnings. */
    static Fitness judge(Signs signs) {
        List<String> unfit = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        if (signs.cores() < 2) {
            unfit.add("1 core: ranks take turns");
        }
        if (signs.cgroupCpus().orElse(signs.cores()) < Math.min(2, signs.cores())) {
            unfit.add(text("the control group allows %.2f processors", signs.cgroupCpus().getAsDouble()));
        }
        if (signs.throttledPeriods().orElse(0) > 0) {
            unfit.add(text("the control group stopped us in %d periods", signs.throttledPeriods().getAsLong()));
        }
        double steal = signs.stealPercent().orElse(0);
        if (steal > SOME_STEAL_PERCENT) {
            (steal > MUCH_STEAL_PERCENT ? unfit : warnings).add(text("the host took away %.1f %% of the time", steal));
        }
        double load = signs.load().orElse(0.0);
        if (load > signs.cores() / 2.0) {
            (load > signs.cores() ? unfit : warnings)
                    .add(text("load %.1f in the last minute on %d cores: something else runs", load, signs.cores()));
        }
        signs.governor().filter("powersave"::equals).ifPresent(governor -> warnings.add(
                "frequency governor '" + governor + "': clocks follow the load"));
        exchangeWarning(signs.exchanges()).ifPresent(warnings::add);
        String verdict = unfit.isEmpty() ? Fitness.FIT : Fitness.UNFIT;
        unfit.addAll(warnings);
        return new Fitness(verdict, unfit);
    }

    private static Optional<String> exchangeWarning(List<Double> exchanges) {
        double least = exchanges.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = exchanges.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return most > REGIME_RATIO * least
                ? Optional.of(text(
                        "the exchange of a line took from %.0f to %.0f ns: cores are not always equally near, so compare small"
                                + " messages only within one run",
                        least,
                        most))
                : Optional.empty();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
