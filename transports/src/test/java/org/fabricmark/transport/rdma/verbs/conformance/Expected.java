package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.CompletionFlag;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * A completion as the model says that it must be.
 *
 * @param statuses any of these
 * @param opcode of a success
 * @param bytes of a success, or -1 where the field is not valid
 * @param immediate of a success, or null for none
 */
record Expected(long id, Set<CompletionStatus> statuses, CompletionOpcode opcode, int bytes, Integer immediate) {
    static Expected done(long id, CompletionOpcode opcode, int bytes, Integer immediate) {
        return new Expected(id, EnumSet.of(CompletionStatus.SUCCESS), opcode, bytes, immediate);
    }

    static Expected ended(long id, CompletionStatus first, CompletionStatus... others) {
        return new Expected(id, EnumSet.of(first, others), null, -1, null);
    }

    /** What is wrong with {@code real}, if anything is. */
    Optional<String> mismatch(WorkCompletion real) {
        boolean right = real.id() == id && statuses.contains(real.status());
        if (right && real.successful()) {
            right = real.opcode() == opcode && (bytes < 0 || real.bytes() == bytes)
                    && (immediate == null) != real.has(CompletionFlag.WITH_IMM)
                    && (immediate == null || real.immediate() == immediate);
        }
        return right ? Optional.empty() : Optional.of("expected " + this + ", got " + real);
    }
}
