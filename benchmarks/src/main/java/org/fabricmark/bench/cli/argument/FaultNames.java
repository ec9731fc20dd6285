package org.fabricmark.bench.cli.argument;

import org.fabricmark.transport.fault.FaultPlan;
import picocli.CommandLine.ITypeConverter;

/**
 * What is to go wrong: a comma list of faults, as in {@code drop@2:rank1}.
 *
 * @param plan with a seed that does not matter yet
 */
public record FaultNames(FaultPlan plan) {
    /**
     * {@code transports} under these faults.
     *
     * @throws Misuse if a fault names a rank that one of the jobs will not have
     */
    public TransportNames over(TransportNames transports, RankCounts ranks, long seed) {
        for (int count : ranks.counts()) {
            try {
                plan.checkRanks(count);
            } catch (IllegalArgumentException beyond) {
                throw new Misuse("--fault: " + beyond.getMessage() + "; --ranks is " + ranks);
            }
        }
        return new TransportNames(
                transports.specs().stream().map(plan.withSeed(seed)::over).toList());
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<FaultNames> {
        @Override
        public FaultNames convert(String text) {
            try {
                return new FaultNames(FaultPlan.parse(text));
            } catch (IllegalArgumentException malformed) {
                throw new Misuse("--fault: " + malformed.getMessage());
            }
        }
    }
}
