package org.fabricmark.bench.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.collective.Collective;

/**
 * In which order cases are measured. Tables are shuffled with the seed, anew for each repetition, so that none is always the
 * one after another; tables that share a job stay together, and within a table rows come in the order in which they were given,
 * so that it can be printed as it grows.
 */
final class SweepOrder {
    private SweepOrder() {}

    /** Cases that share ranks and buffers, by table. */
    record Job(List<List<BenchmarkCase>> tables) {
        /** All cases, in their order. */
        List<BenchmarkCase> cases() {
            return tables.stream().flatMap(List::stream).toList();
        }
    }

    private record TableKey(Collective collective, MemoryNeeds.JobKey job, Conditions conditions) {
        static TableKey of(BenchmarkCase each) {
            return new TableKey(each.collective(), MemoryNeeds.JobKey.of(each), each.conditions());
        }
    }

    /**
     * The jobs of one repetition.
     *
     * @param repetition from 1
     */
    static List<Job> jobs(List<BenchmarkCase> cases, long seed, int repetition) {
        Map<MemoryNeeds.JobKey, Map<TableKey, List<BenchmarkCase>>> groups = new LinkedHashMap<>();
        for (BenchmarkCase each : cases) {
            groups.computeIfAbsent(MemoryNeeds.JobKey.of(each), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(TableKey.of(each), _ -> new ArrayList<>())
                    .add(each);
        }
        Random random = new Random(seed * 31 + repetition);
        List<Job> jobs = new ArrayList<>();
        for (Map<TableKey, List<BenchmarkCase>> tables : groups.values()) {
            List<List<BenchmarkCase>> shuffled = new ArrayList<>(tables.values());
            Collections.shuffle(shuffled, random);
            jobs.add(new Job(shuffled));
        }
        Collections.shuffle(jobs, random);
        return jobs;
    }
}
