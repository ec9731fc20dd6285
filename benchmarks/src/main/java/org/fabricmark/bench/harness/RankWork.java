package org.fabricmark.bench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.fabricmark.bench.cases.BenchmarkCase;

/**
 * What a rank in a process of its own has to do, as text: {@code name=value} lines, and one line for each case, which is its
 * canonical name.
 *
 * @param led whether rank 0 makes the calls of a single case as it likes ({@link LedCase}); otherwise it is a sweep's job
 * @param request how cases are measured; its cases are the job's, in their order
 * @param cores processors that the launcher may use
 */
record RankWork(boolean led, SweepRequest request, int cores) {
    private static final String CASE = "case";

    /** A case with buffers that miss their alignment, which its name does not say. */
    private static final String UNALIGNED_CASE = "unalignedCase";

    /** The written form. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "led", led);
        line(text, "cores", cores);
        line(text, "budgetNanos", request.budget().toNanos());
        line(text, "iterations", word(request.iterations()));
        line(text, "warmupIterations", word(request.warmupIterations()));
        line(text, "batch", word(request.batch()));
        line(text, "check", request.check());
        line(text, "timeoutNanos", request.timeout().toNanos());
        line(text, "seed", request.seed());
        line(text, "overlap", request.overlap());
        request.cases().forEach(each -> line(text, each.conditions().unaligned() ? UNALIGNED_CASE : CASE,
                each.key().canonicalName()));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append('=').append(value).append('\n');
    }

    private static String word(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "auto";
    }

    /**
     * Reads it back.
     *
     * @throws IllegalArgumentException when a line is missing, unknown or wrong
     */
    static RankWork parse(String text) {
        Map<String, String> values = new TreeMap<>();
        List<BenchmarkCase> cases = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("'" + line + "' is no NAME=VALUE");
            }
            if (parts[0].equals(CASE)) {
                cases.add(BenchmarkCase.parse(parts[1]));
            } else if (parts[0].equals(UNALIGNED_CASE)) {
                BenchmarkCase aligned = BenchmarkCase.parse(parts[1]);
                cases.add(aligned.under(aligned.conditions().withUnaligned(true)));
            } else {
                values.put(parts[0], parts[1]);
            }
        }
        RankWork work = new RankWork(
                Boolean.parseBoolean(take(values, "led")),
                new SweepRequest(
                        cases,
                        Duration.ofNanos(Long.parseLong(take(values, "budgetNanos"))),
                        number(take(values, "iterations")),
                        number(take(values, "warmupIterations")),
                        number(take(values, "batch")),
                        Boolean.parseBoolean(take(values, "check")),
                        Duration.ofNanos(Long.parseLong(take(values, "timeoutNanos"))),
                        Long.parseLong(take(values, "seed")),
                        1)
                        .withOverlap(Boolean.parseBoolean(take(values, "overlap"))),
                Integer.parseInt(take(values, "cores")));
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + values.keySet());
        }
        return work;
    }

    private static String take(Map<String, String> values, String name) {
        String value = values.remove(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static OptionalInt number(String word) {
        return word.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(word));
    }
}
