package org.fabricmark.results.foreign;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.Origin;

/**
 * The table of nccl-tests and of what prints like it (rccl-tests, this suite), in each of its layouts: columns are
 * counted by their names. Sizes and bandwidths are under our conventions already. A time is the mean over iterations,
 * and over the ranks the average, which is the suite's default and is not printed.
 *
 * <p>The column {@code error} of old versions is the largest deviation and no count, so it is not taken as one.
 */
final class NcclTable implements ForeignFormat {
    private static final Pattern VERSION = Pattern.compile("^#?\\s*(nccl|rccl)-tests(?:: Version| version)\\s+(\\S+)");
    private static final Pattern STARTING = Pattern.compile("^# Collective test starting: (\\S+)");
    private static final Pattern ITERATIONS = Pattern.compile("\\biters: (\\d+)(?: agg iters: (\\d+))?");
    private static final Pattern OUR_TIMES = Pattern.compile("^# times: .*\\(-a (\\d)\\)");
    private static final String[] OVER_RANKS = {"rank0", "average", "fastest", "slowest"};

    @Override
    public String tool() {
        return Origin.NCCL_TESTS;
    }

    @Override
    public boolean recognises(ForeignText text) {
        return text.lines().stream().anyMatch(line -> NcclColumns.of(line, "").isPresent());
    }

    @Override
    public ForeignResults read(ForeignText text, Given given) {
        return new Reading(text, given).read();
    }

    private static final class Reading extends TableReading {
        private Optional<String> version = Optional.empty();
        private String library = "nccl";
        private String ourVersion = "";
        private Optional<OurLayout> ours = Optional.empty();
        private Optional<String> collective;
        private NcclRanks ranks = new NcclRanks();
        private boolean ranksEnded;
        private long calls = 1;
        private String overRanks = "average";
        private String statistic = "mean";
        private String placesLine = "";
        private Optional<NcclColumns> columns = Optional.empty();

        Reading(ForeignText text, Given given) {
            super(text, given);
            this.collective = NcclWords.collectiveOfFile(text.source());
        }

        @Override
        Origin origin() {
            return ours.map(layout -> new Origin(Origin.FABRICMARK, Optional.of(layout.version())))
                    .orElse(new Origin(Origin.NCCL_TESTS, version));
        }

        @Override
        void line(String line, int number) {
            if (ranks.line(line)) {
                if (ranksEnded) { // another test's, in the same file
                    ranks = new NcclRanks();
                    ranks.line(line);
                    ranksEnded = false;
                }
                return;
            }
            Matcher begun = VERSION.matcher(line);
            if (begun.find()) {
                library = begun.group(1);
                version = Optional.of(begun.group(2));
            }
            if (line.startsWith("#")) {
                comment(line);
            } else if (columns.isPresent() && line.strip().matches("[0-9]+\\s.*")) {
                row(ForeignText.fields(line), number);
            }
        }

        private void comment(String line) {
            ourVersion = OurLayout.version(line).orElse(ourVersion);
            Optional<OurLayout> title = OurLayout.in(line, ourVersion);
            if (title.isPresent()) {
                ours = title;
                collective = title.map(OurLayout::collective);
            }
            Matcher starting = STARTING.matcher(line);
            if (starting.find()) {
                collective = NcclWords.collective(starting.group(1));
                columns = Optional.empty();
            }
            Matcher iterations = ITERATIONS.matcher(line.replaceFirst("warmup iters", ""));
            if (iterations.find()) {
                String together = iterations.group(2) == null ? "1" : iterations.group(2);
                calls = Math.max(1, Numbers.parseLong("iters", iterations.group(1))
                        * Numbers.parseLong("agg iters", together));
            }
            Matcher times = OUR_TIMES.matcher(line);
            if (times.find()) {
                overRanks = OVER_RANKS[Math.min(OVER_RANKS.length - 1, Integer.parseInt(times.group(1)))];
                statistic = line.contains("median") ? "median" : "mean";
            }
            placesLine = line.contains("in-place") ? line : placesLine;
            Optional<NcclColumns> found = NcclColumns.of(line, placesLine);
            if (found.isPresent()) {
                columns = found;
                ranksEnded = true;
            }
        }

        private void row(List<String> fields, int number) {
            NcclColumns layout = columns.orElseThrow();
            if (fields.size() < layout.size() || fields.size() > layout.size() + 2) {
                throw text.failure(number, "a row of " + fields.size() + " fields under a header of " + layout.size());
            }
            String what = given.text(CasePart.COLLECTIVE).or(() -> collective)
                    .orElseThrow(() -> text.failure(number, "the file does not say which collective this is, or one"
                            + " that is none of ours (known: " + String.join(", ", NcclWords.programs())
                            + "); say it with --label collective=NAME"));
            try {
                if (Numbers.parseLong("size", layout.call("size", fields)) == 0) {
                    leaveOutEmpty(number);
                    return;
                }
                for (int place = 0; place < layout.places().size(); place++) {
                    String time = layout.place(place, "time", fields);
                    if (!time.equals("N/A")) {
                        add(cell(what, place, time, fields, number), number);
                    }
                }
            } catch (IllegalArgumentException impossible) {
                throw text.failure(number, impossible.getMessage());
            }
        }

        private CaseResult cell(String what, int place, String time, List<String> fields, int number) {
            NcclColumns layout = columns.orElseThrow();
            CaseKey.Builder key = CaseKey.builder(what).transport(library).inPlace(layout.inPlace().get(place))
                    .bytes(Numbers.parseLong("size", layout.call("size", fields)));
            ranks.addTo(key);
            ours.ifPresent(said -> said.addTo(key));
            if (ranks.count() == 0 && ours.isEmpty()) {
                key.put(CasePart.RANKS, given.text(CasePart.RANKS).orElseThrow(
                        () -> text.failure(number, "the file does not list the ranks; say how many with --ranks")));
            }
            key.type(NcclWords.type(layout.call("type", fields)));
            if (!layout.call("redop", fields).isEmpty()) {
                key.op(layout.call("redop", fields));
            }
            NcclWords.root(layout.call("root", fields), key);
            CaseResultBuilder result = CellConversion
                    .result(CellConversion.key(key, given), calls, Numbers.parseReal("time", time))
                    .count(Numbers.parseLong("count", layout.call("count", fields)))
                    .conventions(new Conventions(statistic, overRanks, "nccl"));
            wrong(layout, place, fields).ifPresent(text -> result.wrong((long) Numbers.parseReal("#wrong", text)));
            return result.build();
        }

        private static Optional<String> wrong(NcclColumns layout, int place, List<String> fields) {
            return Optional.of(layout.place(place, "#wrong", fields))
                    .filter(text -> !text.isEmpty() && !text.equals("N/A"));
        }
    }
}
