package org.fabricmark.bench.harness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.lowering.Lowering;

/**
 * Memory that one job needs for its cases, over all ranks: it allocates its windows once, for the largest case, scratch as it
 * is needed, and private memory for one case at a time.
 *
 * @param ranks how many ranks the job has
 * @param inputBytes of one rank's input buffer
 * @param outputBytes of one rank's output buffer
 * @param scratchBytes of one rank's scratch, all lanes, at the peak
 * @param privateBytes of one rank's ordinary memory, which is not shared: private buffers, and what drives data out of caches
 */
public record MemoryNeeds(int ranks, long inputBytes, long outputBytes, long scratchBytes, long privateBytes) {
    /** Signals, the exchange of plans and gathered results: little, and not worth an exact figure. */
    private static final long FIXED_BYTES_PER_RANK = 512 * 1024;

    /** As the communicator has it: the number of lanes, and above which scratch it is halved. */
    private static final int LANES = 4;

    private static final long LARGE_LANE_BYTES = 64L * 1024 * 1024;

    /**
     * The needs of {@code cases}, at least one. Jobs run one after the other, so this is the job that needs most.
     *
     * @throws ArithmeticException when it does not fit a long
     */
    public static MemoryNeeds of(Collection<BenchmarkCase> cases) {
        Map<JobKey, List<BenchmarkCase>> jobs = new LinkedHashMap<>();
        for (BenchmarkCase each : cases) {
            jobs.computeIfAbsent(JobKey.of(each), _ -> new ArrayList<>()).add(each);
        }
        MemoryNeeds most = null;
        for (List<BenchmarkCase> job : jobs.values()) {
            MemoryNeeds needs = ofJob(job);
            most = most == null || needs.bytes() > most.bytes() ? needs : most;
        }
        if (most == null) {
            throw new IllegalArgumentException("no case is given");
        }
        return most;
    }

    static MemoryNeeds ofJob(List<BenchmarkCase> job) {
        long input = 0;
        long output = 0;
        long lane = 0;
        long own = 0;
        for (BenchmarkCase each : job) {
            boolean staged = each.conditions().memory() == Memory.PRIVATE;
            BufferRing ring = BufferRing.of(each, LastLevelCache.twice());
            BufferRing shared = staged ? BufferRing.single(each) : ring;
            input = Math.max(input, shared.inputBytes());
            output = Math.max(output, shared.outputBytes());
            long evicting = each.conditions().buffers() == Buffers.COLD ? LastLevelCache.twice() : 0;
            own = Math.max(own, evicting + (staged ? Math.addExact(ring.inputBytes(), ring.outputBytes()) : 0));
            lane = Math.max(lane, laneBytes(each));
        }
        // A larger set of lanes is made before the smaller one is given back.
        long lanes = lane > LARGE_LANE_BYTES ? LANES / 2 : LANES;
        return new MemoryNeeds(
                job.getFirst().ranks(), input, output,
                Math.addExact(Math.multiplyExact(lanes, lane), lanes * lane / 2), own);
    }

    /** Scratch of one lane: direct access needs least, so the lowered form is counted for all. */
    private static long laneBytes(BenchmarkCase each) {
        Schedule lowered = Lowering.lower(each.emission().schedule(0), (_, _) -> false);
        return Math.multiplyExact(lowered.scratchElements(), (long) each.type().bytes());
    }

    /** Bytes over all ranks. */
    public long bytes() {
        return Math.addExact(sharedBytes(), Math.multiplyExact(privateBytes, (long) ranks));
    }

    /** Those of them that are shared memory. */
    public long sharedBytes() {
        long rank = Math.addExact(Math.addExact(inputBytes, outputBytes), scratchBytes + FIXED_BYTES_PER_RANK);
        return Math.multiplyExact(rank, (long) ranks);
    }

    /** What makes cases share a job. */
    record JobKey(String transport, String launch, int ranks) {
        static JobKey of(BenchmarkCase each) {
            return new JobKey(each.transport().toString(), each.conditions().launch(), each.ranks());
        }
    }
}
