package org.fabricmark.results;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Contention;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Fitness;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Flags;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Machine;
import org.fabricmark.results.model.MachineLimits;
import org.fabricmark.results.model.MachineLimits.SocketTime;
import org.fabricmark.results.model.MachineLimits.StreamRate;
import org.fabricmark.results.model.Overlap;
import org.fabricmark.results.model.RankTimes;
import org.fabricmark.results.model.Root;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.Series;
import org.fabricmark.results.model.StoredRun;

/** Results for tests: one with everything, one with as little as a result can have. */
public final class Samples {
    /** Every part differs from its default. */
    public static final CaseKey FULL_KEY = CaseKey.builder("reduce").algorithm("binomial")
            .transport("netty?mode=a,b&io=epoll").launch("processes").ranks(7).type("int64").op("max")
            .root(Root.ROTATING).inPlace(true).placement("4x2").memory("private").cadence("isolated").buffers("cold")
            .arrival("late:1:200ms").bytes(800).build();

    /** Every part that has a default has it. */
    public static final CaseKey PLAIN_KEY = CaseKey.builder("all-reduce").transport("shm").inPlace(false).bytes(8)
            .build();

    /** Every number is there. */
    public static final CaseResult FULL = CaseResult.builder(FULL_KEY, 100, 20_000, 10).timeUs(0.0512).minUs(0.05)
            .percentilesUs(2_000, 0.0511, 0.26).maxUs(912.25).skewUs(0.0003).firstUs(1234567.5).algbwGBs(15.625)
            .busbwGBs(15.625).limitUs(0.025).exchangeNs(51.5)
            .flags(Flags.of(Flag.OVERSUBSCRIBED, Flag.MACHINE_CHANGED)).wrong(3).build();

    /** Only what every result has. */
    public static final CaseResult SPARSE = CaseResult.builder(PLAIN_KEY, 2, 5, 1).algorithmSelected("two-shot")
            .timeUs(12).build();

    /** With times of a call that overlaps, which CSV does not have. */
    public static final CaseResult OVERLAPPED =
            CaseResult.builder(PLAIN_KEY.toBuilder().bytes(16).build(), 4, 5, 1).algorithmSelected("two-shot")
                    .timeUs(12).overlap(new Overlap(0.25, 0.5, 0.625)).build();

    /** Every fact is known. */
    public static final Environment ENVIRONMENT = new Environment(
            Environment.Hardware.of(Optional.of("A \"fast\" processor"), OptionalInt.of(2), OptionalInt.of(4),
                    new TreeMap<>(Map.of("L1d", 32_768L, "L3", 33_554_432L)), OptionalLong.of(8L << 30)),
            Environment.Software.of(Optional.of("6.1.0"), Optional.of("Debian GNU/Linux 12"),
                    Optional.of("OpenJDK 64-Bit Server VM"), Optional.of("25.0.1+8"), List.of("-Xmx512m")),
            Environment.State.of(Optional.of("performance"), Optional.of("madvise"), OptionalDouble.of(1.5),
                    OptionalLong.of(4L << 30), OptionalDouble.of(0.00001), OptionalLong.of(0)),
            new Environment.Suite(Optional.of("0.1.0"), Optional.of("3f2a9c1d"), Optional.of(true),
                    Optional.of("main")));

    /** Every limit is known. */
    public static final Machine MACHINE = new Machine(MachineLimits.builder().clockNs(20.1).exchangeNs(51)
            .roundTripNs(98.5).emptyScheduleNs(6.25).copyGBs(Map.of(16_384L, 45.5, 1L << 30, 9.125))
            .reduceGBs(Map.of(16_384L, 33.0)).tcpExchangeUs(socketTime(14.5, 9))
            .tcpRoundTripUs(socketTime(25, 17.5)).udsRoundTripUs(socketTime(12, 8)).udpRoundTripUs(socketTime(20, 15))
            .tcpStreamGBs(Map.of(1L << 20, new StreamRate(OptionalDouble.of(3.5), OptionalDouble.empty())))
            .futexWakeUs(4.5).yieldSwitchUs(0.75).build(),
            Optional.of(new Fitness(Fitness.UNFIT, List.of("the governor is 'powersave'"))));

    /** A run with everything. */
    public static final Run RUN = Run.of(Instant.parse("2026-11-23T08:42:00.125Z"),
            List.of("perf", "--ranks", "2-5,7", "--out", "a \"b\""), Long.MIN_VALUE, ENVIRONMENT, Optional.of(MACHINE),
            List.of(FULL, SPARSE));

    /** A launch of which all batches are known. */
    public static final Launch SHORT_LAUNCH = Launch.of(0, 10, Series.of(500, 520, 510)).withExchangeNs(51, 52.5)
            .withRankNs(Series.of(500, 510, 510), Series.of(490, 520, 505));

    /** A launch of so many batches that only some are kept in time order. */
    public static final Launch LONG_LAUNCH = longLaunch();

    /** {@link #RUN} with samples of one case. */
    public static final StoredRun STORED =
            StoredRun.of("stored", RUN, Map.of(FULL_KEY, List.of(SHORT_LAUNCH, LONG_LAUNCH)));

    private Samples() {}

    private static Launch longLaunch() {
        Distribution times = Distribution.of(new double[] {501, 512, 70_015}, new long[] {900, 1999, 2000});
        Distribution other = Distribution.of(new double[] {500, 511}, new long[] {1000, 2000});
        Distribution skew = Distribution.of(new double[] {0, 3}, new long[] {1500, 2000});
        Series series = Series.of(501, 512, 501, 512);
        return new Launch(1, 10, 500, series, times, skew,
                List.of(new RankTimes(0, 1200, times, series), new RankTimes(1, 800, other, Series.EMPTY)),
                OptionalDouble.of(50), OptionalDouble.empty(), OptionalDouble.of(1234.5),
                new Contention(OptionalDouble.of(0.25), OptionalDouble.empty(), OptionalLong.of(2),
                        OptionalLong.of(7)));
    }

    private static SocketTime socketTime(double blocking, double busy) {
        return new SocketTime(OptionalDouble.of(blocking), OptionalDouble.of(busy));
    }
}
