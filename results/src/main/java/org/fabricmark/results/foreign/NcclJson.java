package org.fabricmark.results.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.format.RunFormatException;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Series;
import tools.jackson.databind.JsonNode;

/**
 * The JSON file of nccl-tests, version 3 and those before it. It dumps the whole environment, of which nothing is kept.
 * Booleans and roots are texts there, and what is not a number is the text {@code nan}. Times of single iterations, if
 * they were taken, are the slowest process's, and are kept as samples.
 */
final class NcclJson implements ForeignFormat {
    private static final int NEWEST = 3;
    private static final double NANOS_IN_MICRO = 1e3;

    @Override
    public String tool() {
        return Origin.NCCL_TESTS;
    }

    @Override
    public boolean recognises(ForeignText text) {
        return text.text().stripLeading().startsWith("{") && text.text().contains("\"nccl_version\"");
    }

    @Override
    public ForeignResults read(ForeignText text, Given given) {
        JsonNode root = ForeignJson.tree(text);
        int version = root.path("version").asInt(0);
        if (version < 1 || version > NEWEST) {
            throw text.failure("version " + version + " of nccl-tests' JSON is not known; known: 1 to " + NEWEST);
        }
        String collective = given.text(CasePart.COLLECTIVE)
                .or(() -> NcclWords.collective(root.path("args").path(0).asString("")))
                .orElseThrow(() -> text.failure("args[0] names no program that is known ("
                        + String.join(", ", NcclWords.programs()) + "); say it with --label collective=NAME"));
        JsonNode config = root.path("config");
        NcclRanks ranks = new NcclRanks();
        config.path("devices").forEach(
                device -> ranks.add(device.path("pid").asString("?"), device.path("hostname").asString("?")));
        if (ranks.count() == 0 && given.text(CasePart.RANKS).isEmpty()) {
            throw text.failure("it lists no devices; say how many ranks there were with --ranks");
        }
        List<ForeignCell> cells = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        int number = 0;
        for (JsonNode row : root.path("results")) {
            number++;
            String place = text.source() + " result " + number;
            if (row.path("size").asLong(0) == 0) {
                remarks.add(place + ": a row of 0 bytes is left out");
                continue;
            }
            for (String where : List.of("out_of_place", "in_place")) {
                try {
                    cell(collective, ranks, config, row, where, place, given).ifPresent(cells::add);
                } catch (IllegalArgumentException impossible) {
                    throw new RunFormatException(place + ": " + impossible.getMessage(), impossible);
                }
            }
        }
        return new ForeignResults(new Origin(Origin.NCCL_TESTS, Optional.empty()), Environment.UNKNOWN, cells, remarks);
    }

    private static Optional<ForeignCell> cell(String collective, NcclRanks ranks, JsonNode config, JsonNode row,
            String where, String place, Given given) {
        JsonNode half = row.path(where);
        if (!half.isObject()) {
            return Optional.empty();
        }
        CaseKey.Builder builder = CaseKey.builder(collective).transport("nccl").inPlace(where.equals("in_place"))
                .bytes(row.path("size").asLong()).type(NcclWords.type(row.path("type").asString("float")))
                .op(row.path("redop").asString("none"));
        ranks.addTo(builder);
        if (ranks.count() == 0) {
            given.text(CasePart.RANKS).ifPresent(said -> builder.put(CasePart.RANKS, said));
        }
        NcclWords.root(row.path("root").asString(""), builder);
        CaseKey key = CellConversion.key(builder, given);
        JsonNode time = half.has("time") ? half.path("time") : half.path("cpu_time");
        if (!time.isNumber()) {
            throw new IllegalArgumentException(where + " has the time '" + time.asString("") + "', which is no number");
        }
        long calls = Math.max(1, row.path("actual_iterations").asLong(config.path("iterations").asLong(1))
                * Math.max(1, config.path("aggregated_iterations").asLong(1)));
        CaseResultBuilder result =
                CellConversion.result(key, calls, time.doubleValue()).count(row.path("count").asLong())
                        .conventions(new Conventions("mean", "average", "nccl"));
        if (half.path("nwrong").isNumber()) {
            result.wrong(half.path("nwrong").longValue());
        }
        List<Launch> launches = iterations(row.path(where + "_per_iter"), result);
        return Optional.of(new ForeignCell(place, result.build(), launches));
    }

    /** Times of single iterations: extremes, percentiles, and samples. */
    private static List<Launch> iterations(JsonNode taken, CaseResultBuilder result) {
        JsonNode times = taken.path("times_us");
        if (times.isEmpty()) {
            return List.of();
        }
        double[] nanos = new double[times.size()];
        for (int i = 0; i < nanos.length; i++) {
            if (!times.get(i).isNumber()) {
                throw new IllegalArgumentException("'" + times.get(i).asString("") + "' in times_us is no number");
            }
            nanos[i] = times.get(i).doubleValue() * NANOS_IN_MICRO;
        }
        Launch launch = Launch.of(0, 1, Series.of(nanos));
        Distribution us = launch.timesUs();
        result.minUs(us.value(0)).maxUs(us.value(us.size() - 1));
        if (us.samples() >= CaseResult.MIN_PERCENTILE_SAMPLES) {
            result.p50Us(us.quantile(1.0 / 2).orElseThrow()).p99Us(us.percentile(99).orElseThrow());
        }
        return List.of(launch);
    }
}
