package org.fabricmark.results.foreign;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Overlap;

/**
 * Tables of the Intel MPI benchmarks, parts MPI-1 and NBC. A file has several, each under {@code # Benchmarking NAME} and
 * {@code # #processes = N}, with columns that its header names. Times are over ranks of each rank's mean; the largest is
 * the slowest rank's. What is no call of ours is left out.
 */
final class ImbTable implements ForeignFormat {
    private static final Pattern BEGIN = Pattern.compile("^# Benchmarking\\s+(\\S+)");
    private static final Pattern PROCESSES = Pattern.compile("^# #processes\\s*=\\s*(\\d+)");
    private static final Pattern VERSION = Pattern.compile("^#\\s+Intel\\(R\\) MPI Benchmarks\\s+([^,\\s]+)");
    private static final Pattern FACT =
            Pattern.compile("^#\\s*(MPI_Datatype|MPI_Datatype for reductions|MPI_Op)\\s*:\\s*(\\S+)");
    private static final String PING_PONG = "PingPong";

    /** Part NBC: the name of a non-blocking call alone, which its table with overlap has too. */
    private static final String ALONE = "_pure";

    private static final String ALONE_COLUMN = "t_pure[usec]";
    private static final String COMPUTE = "t_CPU[usec]";
    private static final String OVERALL = "t_ovrl[usec]";

    private static final Map<String, String> COLLECTIVES = Map.ofEntries(Map.entry("Allreduce", "all-reduce"),
            Map.entry("Allgather", "all-gather"), Map.entry("Reduce_scatter", "reduce-scatter"),
            Map.entry("Reduce_scatter_block", "reduce-scatter"), Map.entry("Bcast", "broadcast"),
            Map.entry("Reduce", "reduce"), Map.entry("Alltoall", "all-to-all"), Map.entry("Gather", "gather"),
            Map.entry("Scatter", "scatter"), Map.entry("Barrier", "barrier"), Map.entry("Sendrecv", "send-recv"),
            Map.entry(PING_PONG, "send-recv"));

    @Override
    public String tool() {
        return Origin.IMB;
    }

    @Override
    public boolean recognises(ForeignText text) {
        return text.lines().stream().anyMatch(line -> BEGIN.matcher(line).find())
                && text.lines().stream().anyMatch(line -> line.contains("[usec]"));
    }

    @Override
    public ForeignResults read(ForeignText text, Given given) {
        return new Reading(text, given).read();
    }

    private static final class Reading extends TableReading {
        private Optional<String> version = Optional.empty();
        private String type = "uint8";
        private String reducedType = "float";
        private String op = "sum";
        private String benchmark = "";
        private Optional<String> collective = Optional.empty();
        private int ranks;
        private List<String> columns = List.of();

        Reading(ForeignText text, Given given) {
            super(text, given);
        }

        @Override
        Origin origin() {
            return new Origin(Origin.IMB, version);
        }

        @Override
        void line(String printed, int number) {
            String line = printed.strip();
            Matcher begin = BEGIN.matcher(line);
            Matcher processes = PROCESSES.matcher(line);
            Matcher banner = VERSION.matcher(line);
            Matcher fact = FACT.matcher(line);
            if (begin.find()) {
                begin(begin.group(1), number);
            } else if (processes.find()) {
                ranks = Integer.parseInt(processes.group(1));
            } else if (banner.find()) {
                version = Optional.of(banner.group(1));
            } else if (fact.find()) {
                fact(fact.group(1), fact.group(2));
            } else if (line.contains("[usec]")) {
                columns = ForeignText.fields(line);
            } else if (collective.isPresent() && !columns.isEmpty() && line.matches("[0-9].*")) {
                row(line, number);
            }
        }

        private void begin(String name, int number) {
            benchmark = name;
            boolean again = name.endsWith(ALONE) && hasTable(name.substring(0, name.length() - ALONE.length()));
            collective = again ? Optional.empty() : collectiveOf(name);
            columns = List.of();
            ranks = 0;
            if (again) {
                leaveOut("'" + name + "', whose time is t_pure of the table with overlap,", number);
            } else if (collective.isEmpty()) {
                leaveOut("'" + name + "', which is no collective of ours,", number);
            }
        }

        /** {@code Iallreduce} and {@code Iallreduce_pure} are calls of {@code Allreduce} that do not wait. */
        private static Optional<String> collectiveOf(String name) {
            String waiting = name.replaceFirst("^I(?=[a-z])", "").replaceFirst(ALONE + "$", "");
            return Optional.ofNullable(COLLECTIVES.get(name)).or(() -> Optional.ofNullable(
                    COLLECTIVES.get(waiting.substring(0, 1).toUpperCase(Locale.ROOT) + waiting.substring(1))));
        }

        private boolean hasTable(String name) {
            return text.lines().stream().map(line -> BEGIN.matcher(line.strip()))
                    .anyMatch(title -> title.find() && title.group(1).equals(name));
        }

        private void fact(String name, String value) {
            switch (name) {
                case "MPI_Op" -> op = MpiWords.op(value);
                case "MPI_Datatype" -> type = MpiWords.type(value);
                default -> reducedType = MpiWords.type(value);
            }
        }

        private void row(String line, int number) {
            List<String> fields = ForeignText.fields(line);
            if (fields.size() != columns.size()) {
                leaveOut("'" + line + "'", number);
                return;
            }
            try {
                boolean sized = columns.contains("#bytes");
                long size = sized ? Numbers.parseLong("#bytes", field("#bytes", fields)) : 0;
                if (sized && size == 0) {
                    leaveOutEmpty(number);
                    return;
                }
                CaseKey key = key(size);
                long calls = Numbers.parseLong("#repetitions", field("#repetitions", fields));
                CaseResultBuilder result = CellConversion.result(key, calls, us(fields))
                        .conventions(new Conventions("mean", benchmark.equals(PING_PONG) ? "rank0" : "slowest",
                                CellConversion.mpiSize(key.collective())));
                if (columns.contains(OVERALL)) {
                    result.overlap(
                            new Overlap(time(ALONE_COLUMN, fields), time(COMPUTE, fields), time(OVERALL, fields)));
                }
                if (columns.contains("defects")) {
                    result.wrong(Numbers.parseReal("defects", field("defects", fields)) > 0 ? 1 : 0);
                }
                add(result.build(), number);
            } catch (IllegalArgumentException | ArithmeticException impossible) {
                throw text.failure(number, impossible.getMessage());
            }
        }

        /** Of a call: the slowest rank's, of one that can be overlapped that without overlap; of a message half of both ways. */
        private double us(List<String> fields) {
            if (benchmark.equals(PING_PONG)) {
                return 2 * time("t[usec]", fields);
            }
            return time(columns.contains(OVERALL) ? ALONE_COLUMN : "t_max[usec]", fields);
        }

        private double time(String column, List<String> fields) {
            return Numbers.parseReal(column, field(column, fields));
        }

        private String field(String column, List<String> fields) {
            int at = columns.indexOf(column);
            if (at < 0) {
                throw new IllegalArgumentException("the table has no column '" + column + "'");
            }
            return fields.get(at);
        }

        private CaseKey key(long size) {
            String what = collective.orElseThrow();
            boolean reducing = CasePart.OP.defaultFor(what).orElseThrow().equals("sum");
            CaseKey.Builder key = CaseKey.builder(what).transport("mpi").launch("processes").ranks(ranks)
                    .type(reducing ? reducedType : type)
                    .cadence(what.equals("send-recv") ? "streaming" : "isolated").inPlace(false)
                    .bytes(CellConversion.bytesOfMpi(what, size, ranks));
            if (benchmark.equals(PING_PONG)) {
                key.algorithm("ping-pong");
            }
            if (reducing) {
                key.op(op);
            }
            return CellConversion.key(key, given);
        }
    }
}
