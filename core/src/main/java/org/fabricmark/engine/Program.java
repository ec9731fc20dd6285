package org.fabricmark.engine;

import java.util.Arrays;
import org.fabricmark.reduction.ReduceKernel;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Step;

/**
 * A schedule bound to memory: flat code with absolute addresses, run by {@link Engine} any number of times. Made by
 * {@link Binder}, which has checked every bound. The code is never changed, but for addresses in a
 * {@link org.fabricmark.transport.PrivateRegion} that is elsewhere in the next call ({@link #relocate}).
 *
 * <p>Ownership: none. Whoever bound it keeps the regions open for as long as it may run.
 *
 * <p>Thread rule: the rank's thread.
 */
public final class Program {
    /** All channels, one behind the other; each ends with {@link Opcode#END}. */
    final long[] code;

    /** Books of the signals. */
    final long[] totals;

    /** Combines elements; null where nothing is reduced. */
    final ReduceKernel kernel;

    /** Width of an element in bytes. */
    final int elementBytes;

    /** What an average divides by. */
    final int divisor;

    /** Where each channel stands, as far as it matters: while it waits. The engine alone uses it. */
    final int[] positions;

    private final Schedule schedule;
    private final int[] entries;
    private final int[] stepStarts;
    private final Relocation[] relocations;

    Program(Schedule schedule, Binding binding, ReduceKernel kernel, long[] code, int[] entries, int[] stepStarts,
            Relocation[] relocations) {
        this.schedule = schedule;
        this.code = code;
        this.totals = binding.totals().totals;
        this.kernel = kernel;
        this.elementBytes = binding.type().bytes();
        this.divisor = schedule.shape().size();
        this.entries = entries;
        this.positions = entries.clone();
        this.stepStarts = stepStarts;
        this.relocations = relocations;
    }

    /** What it was bound from. */
    public Schedule schedule() {
        return schedule;
    }

    /** Follows private regions to where they are now; between calls. */
    public void relocate() {
        for (Relocation each : relocations) {
            each.apply(code);
        }
    }

    int channels() {
        return entries.length;
    }

    /** First instruction of {@code channel}. */
    int entry(int channel) {
        return entries[channel];
    }

    /** Whether {@code position} is the end of a channel. */
    boolean ends(int position) {
        return Opcode.of(code[position]) == Opcode.END;
    }

    /** Whether all channels have come to their ends. */
    boolean ended() {
        for (int position : positions) {
            if (!ends(position)) {
                return false;
            }
        }
        return true;
    }

    /** Sets all channels to their first instruction. */
    void rewind() {
        System.arraycopy(entries, 0, positions, 0, entries.length);
    }

    /** The step, counted over all channels from 0, whose instructions {@code position} belongs to. */
    int step(int position) {
        int found = Arrays.binarySearch(stepStarts, position);
        return found >= 0 ? found : -found - 2;
    }

    /** Step number {@code index} over all channels. */
    Step stepAt(int index) {
        int rest = index;
        for (var steps : schedule.channels()) {
            if (rest < steps.size()) {
                return steps.get(rest);
            }
            rest -= steps.size();
        }
        throw new IndexOutOfBoundsException("step " + index + " of " + schedule.steps());
    }
}
