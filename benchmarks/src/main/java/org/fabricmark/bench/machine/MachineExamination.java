package org.fabricmark.bench.machine;

import java.util.function.Consumer;
import org.fabricmark.bench.baseline.Baseline;
import org.fabricmark.bench.baseline.BaselineProbe;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Machine;

/**
 * Finds out, in some seconds, what this machine can do at best and whether it is fit to measure.
 *
 * @param baseline all that was probed
 * @param machine limits and verdict, as they are stored
 */
public record MachineExamination(Baseline baseline, Machine machine) {
    private static final long LARGEST_WORKING_SET = 256L * 1024 * 1024;

    /**
     * Examines the machine.
     *
     * @param progress hears, in a few words, what is being probed
     * @throws org.fabricmark.transport.FabricException when shared memory is short, or the thread is interrupted
     */
    public static MachineExamination run(Consumer<String> progress) {
        MachineFacts facts = new MachineFacts();
        var load = facts.load(); // before we add to it
        Disturbances disturbances = Disturbances.start();
        long room = facts.freeSharedMemory().orElse(LARGEST_WORKING_SET) / 2;
        Baseline baseline = new BaselineProbe(Math.min(LARGEST_WORKING_SET, room), progress).run();
        Environment.State state = facts.state(disturbances);
        FitnessRules.Signs signs = new FitnessRules.Signs(
                Runtime.getRuntime().availableProcessors(),
                load,
                state.governor(),
                state.cgroupCpus(),
                state.stealPercent(),
                state.throttledPeriods(),
                baseline.exchanges());
        Machine machine =
                new Machine(baseline.limits(), java.util.Optional.of(FitnessRules.judge(signs)));
        return new MachineExamination(baseline, machine);
    }
}
