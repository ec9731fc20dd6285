package org.fabricmark.results.foreign;

import java.util.List;
import java.util.Map;
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
 * Tables of the OSU micro-benchmarks, blocking and non-blocking collectives. Fields are counted and not named, because some
 * versions print rows with more fields than their header names. Latencies are over ranks of each rank's mean: the
 * largest is the slowest rank's, and where it is not printed the average is taken. A barrier stands before each call.
 */
final class OsuTable implements ForeignFormat {
    private static final Pattern TITLE = Pattern.compile("^# OSU MPI(?:-\\S+)? (.+?)(?: Latency)? Test(?: v(\\S+))?$");
    private static final Map<String, String> COLLECTIVES = Map.ofEntries(Map.entry("Allreduce", "all-reduce"),
            Map.entry("Allgather", "all-gather"), Map.entry("Reduce_scatter", "reduce-scatter"),
            Map.entry("Broadcast", "broadcast"), Map.entry("Reduce", "reduce"),
            Map.entry("All-to-All Personalized Exchange", "all-to-all"), Map.entry("Gather", "gather"),
            Map.entry("Scatter", "scatter"), Map.entry("Barrier", "barrier"));
    private static final String NON_BLOCKING = "Non-blocking ";

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
        private String collective;
        private boolean nonBlocking;
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
                begin(title.group(1), number);
                version = Optional.ofNullable(title.group(2));
            } else if (line.startsWith("# Datatype:")) {
                type = MpiWords.type(line.substring("# Datatype:".length()).strip().replaceFirst("\\.$", ""));
            } else if (line.startsWith("#")) {
                ourVersion = OurLayout.version(line).orElse(ourVersion);
                ours = OurLayout.in(line, ourVersion).or(() -> ours);
                if (line.contains("(us)") || line.startsWith("# Size")) {
                    header = List.of(line.substring(1).strip().split("\\s{2,}"));
                }
            } else if (collective != null && line.matches("[0-9].*")) {
                row(ForeignText.fields(line), number);
            }
        }

        private void begin(String title, int number) {
            nonBlocking = title.startsWith(NON_BLOCKING);
            String test = nonBlocking ? title.substring(NON_BLOCKING.length()) : title;
            collective = COLLECTIVES.get(test);
            if (collective == null) {
                throw text.failure(number, "'" + title + "' is no collective that can be imported; known: "
                        + String.join(", ", COLLECTIVES.keySet().stream().sorted().toList()));
            }
            type = MpiWords.defaultType(collective);
            ours = Optional.empty();
            header = List.of();
        }

        private void row(List<String> fields, int number) {
            try {
                boolean sized = !collective.equals("barrier");
                long size = sized ? Numbers.parseLong("size", fields.getFirst()) : 0;
                List<String> values = sized ? fields.subList(1, fields.size()) : fields;
                if (sized && size == 0) {
                    leaveOutEmpty(number);
                    return;
                }
                CaseKey key = key(size, number);
                CaseResult result = nonBlocking ? overlap(key, values) : blocking(key, values);
                add(result, number);
            } catch (IllegalArgumentException | ArithmeticException impossible) {
                throw text.failure(number, impossible.getMessage());
            }
        }

        private CaseKey key(long size, int number) {
            CaseKey.Builder key = CaseKey.builder(collective).transport("mpi").launch("processes").type(type)
                    .cadence("isolated").inPlace(false);
            ours.ifPresent(layout -> layout.addTo(key));
            int ranks = ours.map(OurLayout::ranks)
                    .or(() -> given.text(CasePart.RANKS).map(said -> Numbers.parseInt("ranks", said)))
                    .orElseThrow(() -> text.failure(number,
                            "OSU does not print how many ranks there were; say it with --ranks"));
            key.ranks(ranks);
            key.bytes(CellConversion.bytesOfMpi(collective, size, ranks));
            return CellConversion.key(key, given);
        }

        private CaseResult blocking(CaseKey key, List<String> values) {
            boolean full = values.size() >= 4;
            double us = Numbers.parseReal("latency", values.get(full ? 2 : 0));
            long calls = full ? Numbers.parseLong("iterations", values.get(3)) : 1;
            CaseResultBuilder result = CellConversion.result(key, calls, us).conventions(new Conventions("mean",
                    full ? "slowest" : "average", CellConversion.mpiSize(collective)));
            for (String value : values.subList(Math.min(values.size(), full ? 4 : 1), values.size())) {
                if (value.equals("Pass") || value.equals("Fail")) {
                    result.wrong(value.equals("Pass") ? 0 : 1);
                }
            }
            if (calls >= CaseResult.MIN_PERCENTILE_SAMPLES) {
                tail("P50 Tail Lat(us)", values, result::p50Us);
                tail("P99 Tail Lat(us)", values, result::p99Us);
            }
            return result.build();
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
                    .conventions(new Conventions("mean", "average", CellConversion.mpiSize(collective))).build();
        }
    }
}
