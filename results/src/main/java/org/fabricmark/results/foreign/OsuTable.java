package org.fabricmark.results.foreign;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Overlap;

/**
 * Tables of the OSU micro-benchmarks: collectives, blocking and not, and what {@link OsuTest} takes of tests between two
 * processes. Fields are counted and not named, because some versions print rows with more fields than their header names.
 * Latencies of collectives are over ranks of each rank's mean: the largest is the slowest rank's, and where it is not printed
 * the average is taken. A barrier stands before each call. Between two processes the first one has the clock.
 */
final class OsuTable implements ForeignFormat {
    /** One-sided tests have their operation after {@code MPI}. */
    private static final Pattern TITLE =
            Pattern.compile("^# OSU MPI(?:-\\S+)?(_\\S+)? (.+?)(?: Latency)? Test(?: v(\\S+))?$");
    private static final String WHOLE_NUMBER = "[0-9]+";

    /** Of what is printed of calls that wait: the average, the extremes, and how many calls. */
    private static final int FULL = 4;

    private static final double BYTES_IN_MEGABYTE = 1e6;
    private static final double MICROS = 1e6;

    @Override
    public String tool() {
        return Origin.OSU;
    }

    @Override
    public boolean recognises(ForeignText text) {
        return text.lines().stream().anyMatch(line -> TITLE.matcher(line.strip()).matches());
    }

    @Override
    public ForeignResults read(ForeignText text, Given given) {
        return new Reading(text, given).read();
    }

    private static final class Reading extends TableReading {
        private Optional<String> version = Optional.empty();
        private Optional<OurLayout> ours = Optional.empty();
        private String ourVersion = "";
        private OsuTest test;
        private String type = "int8";
        private List<String> header = List.of();

        Reading(ForeignText text, Given given) {
            super(text, given);
        }

        @Override
        Origin origin() {
            return ours.map(layout -> new Origin(Origin.FABRICMARK, Optional.of(layout.version())))
                    .orElse(new Origin(Origin.OSU, version));
        }

        @Override
        void line(String printed, int number) {
            String line = printed.strip();
            Matcher title = TITLE.matcher(line);
            if (title.matches()) {
                begin(title.group(1) == null ? title.group(2) : "MPI" + title.group(1) + " " + title.group(2), number);
                version = Optional.ofNullable(title.group(3));
            } else if (line.startsWith("# Datatype:")) {
                type = MpiWords.type(line.substring("# Datatype:".length()).strip().replaceFirst("\\.$", ""));
            } else if (line.startsWith("#")) {
                ourVersion = OurLayout.version(line).orElse(ourVersion);
                ours = OurLayout.in(line, ourVersion).or(() -> ours);
                if (line.contains("(us)") || line.startsWith("# Size")) {
                    header = List.of(line.substring(1).strip().split("\\s{2,}"));
                }
            } else if (test != null && line.matches("[0-9].*")) {
                row(ForeignText.fields(line), number);
            }
        }

        private void begin(String title, int number) {
            try {
                test = OsuTest.of(title);
            } catch (IllegalArgumentException unknown) {
                throw text.failure(number, unknown.getMessage());
            }
            type = MpiWords.defaultType(test.collective());
            ours = Optional.empty();
            header = List.of();
        }

        private void row(List<String> fields, int number) {
            try {
                boolean sized = !test.collective().equals("barrier");
                long size = sized ? Numbers.parseLong("size", fields.getFirst()) : 0;
                List<String> values = sized ? fields.subList(1, fields.size()) : fields;
                if (sized && size == 0) {
                    leaveOutEmpty(number);
                    return;
                }
                CaseKey key = key(size, number);
                add(switch (test.kind()) {
                    case BLOCKING -> blocking(key, values);
                    case NON_BLOCKING -> overlap(key, values);
                    case HALF_WAY -> betweenTwo(key, 2 * Numbers.parseReal("latency", values.getFirst()), values);
                    case RATE -> betweenTwo(key, 2 * size / BYTES_IN_MEGABYTE * MICROS
                            / Numbers.parseReal("bandwidth", values.getFirst()), values);
                }, number);
            } catch (IllegalArgumentException | ArithmeticException impossible) {
                throw text.failure(number, impossible.getMessage());
            }
        }

        private CaseKey key(long size, int number) {
            CaseKey.Builder key = CaseKey.builder(test.collective()).transport("mpi").launch("processes").type(type)
                    .inPlace(false);
            test.addTo(key);
            ours.ifPresent(layout -> layout.addTo(key));
            int ranks = ours.map(OurLayout::ranks).or(test::ranks)
                    .or(() -> given.text(CasePart.RANKS).map(said -> Numbers.parseInt("ranks", said)))
                    .orElseThrow(() -> text.failure(number,
                            "OSU does not print how many ranks there were; say it with --ranks"));
            key.ranks(ranks);
            key.bytes(CellConversion.bytesOfMpi(test.collective(), size, ranks));
            return CellConversion.key(key, given);
        }

        private CaseResult blocking(CaseKey key, List<String> values) {
            boolean full = values.size() >= FULL && values.get(FULL - 1).matches(WHOLE_NUMBER);
            double us = Numbers.parseReal("latency", values.get(full ? 2 : 0));
            long calls = full ? Numbers.parseLong("iterations", values.get(FULL - 1)) : 1;
            CaseResultBuilder result = CellConversion.result(key, calls, us).conventions(new Conventions("mean",
                    full ? "slowest" : "average", CellConversion.mpiSize(test.collective())));
            verdict(values, result);
            if (calls >= CaseResult.MIN_PERCENTILE_SAMPLES) {
                tail("P50 Tail Lat(us)", values, result::p50Us);
                tail("P99 Tail Lat(us)", values, result::p99Us);
            }
            return result.build();
        }

        /** A mean of the first rank's calls; how many there were is not printed. */
        private static CaseResult betweenTwo(CaseKey key, double us, List<String> values) {
            CaseResultBuilder result =
                    CellConversion.result(key, 1, us).conventions(new Conventions("mean", "rank0", "nccl"));
            verdict(values, result);
            return result.build();
        }

        private static void verdict(List<String> values, CaseResultBuilder result) {
            for (String value : values) {
                if (value.equals("Pass") || value.equals("Fail")) {
                    result.wrong(value.equals("Pass") ? 0 : 1);
                }
            }
        }

        /** Percentiles are the last columns, and a header that names them names all. */
        private void tail(String name, List<String> values, DoubleFunction<?> set) {
            int fromEnd = header.size() - header.indexOf(name);
            if (header.contains(name) && fromEnd <= values.size()) {
                String value = values.get(values.size() - fromEnd);
                if (!value.equals("-")) {
                    set.apply(Numbers.parseReal(name, value));
                }
            }
        }

        /** Overall, compute, and the call alone; with all columns there are three more between, and two after it. */
        private CaseResult overlap(CaseKey key, List<String> values) {
            boolean full = values.size() >= 9;
            if (values.size() < 4) {
                throw new IllegalArgumentException(
                        "a row of a non-blocking collective has " + values.size() + " times, not 4 or more");
            }
            double total = Numbers.parseReal("overall", values.get(0));
            double compute = Numbers.parseReal("compute", values.get(1));
            double pure = Numbers.parseReal("pure", values.get(full ? 5 : 2));
            return CellConversion.result(key, 1, pure).overlap(new Overlap(pure, compute, total))
                    .conventions(new Conventions("mean", "average", CellConversion.mpiSize(test.collective()))).build();
        }
    }
}
