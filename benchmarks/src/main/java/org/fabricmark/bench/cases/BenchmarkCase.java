package org.fabricmark.bench.cases;

import java.util.Objects;
import java.util.stream.Collectors;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.Root;
import org.fabricmark.selection.Selection;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;

/**
 * One line of a table, before it is measured.
 *
 * @param collective what is computed
 * @param requested the algorithm asked for: a name, or {@link #AUTO}
 * @param algorithm the algorithm that runs
 * @param transport the transport with the options that are not at their defaults
 * @param conditions under which conditions
 * @param ranks how many
 * @param type element type
 * @param op operation; null where the collective does not reduce
 * @param root the rank singled out; 0 where there is none
 * @param inPlace whether input and output are the same buffer
 * @param size elements and bytes
 */
public record BenchmarkCase(
        Collective collective,
        String requested,
        Algorithm algorithm,
        TransportSpec transport,
        Conditions conditions,
        int ranks,
        DataType type,
        ReduceOp op,
        int root,
        boolean inPlace,
        MessageSize size) {

    /** The algorithm of a case that leaves the choice to the library. */
    public static final String AUTO = CaseKey.AUTO;

    /** Refuses a combination that cannot run; the message is one line for the user. */
    public BenchmarkCase {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(conditions, "conditions");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(size, "size");
        if (algorithm.collective() != collective || !requested.equals(AUTO) && !requested.equals(algorithm.name())) {
            throw new IllegalArgumentException("algorithm '" + algorithm.name() + "' of "
                    + algorithm.collective().label() + " cannot stand for '" + requested + "' of "
                    + collective.label());
        }
        if (collective.reduces() != (op != null)) {
            throw new IllegalArgumentException(collective.label()
                    + (op == null ? " needs an operation" : " has no operation, '" + op.label() + "' was given"));
        }
        if (inPlace && !collective.movesData()) {
            throw new IllegalArgumentException(collective.label() + " has no buffers, so it cannot be in place");
        }
        if (conditions.arrival().rank() >= ranks) {
            throw new IllegalArgumentException("arrival '" + conditions.arrival() + "': with " + ranks
                    + " ranks, a rank is 0 to " + (ranks - 1));
        }
        Shape shape = shape(collective, ranks, type, op, root, inPlace, size);
        algorithm.refusal(shape).ifPresent(reason -> {
            throw new IllegalArgumentException(
                    "algorithm '" + algorithm.name() + "' does not take " + ranks + " ranks and "
                            + size.count() + " elements: " + reason);
        });
    }

    /**
     * The case in the {@linkplain Conditions#DEFAULT default conditions}, with its algorithm resolved.
     *
     * @param requested a name, or {@link #AUTO}
     * @param op null where the collective does not reduce
     * @param requestedBytes message size as nccl-tests counts it, not yet rounded
     * @throws IllegalArgumentException with one line for the user when this cannot be run
     */
    public static BenchmarkCase of(
            Collective collective,
            String requested,
            TransportSpec transport,
            int ranks,
            DataType type,
            ReduceOp op,
            int root,
            boolean inPlace,
            long requestedBytes) {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks '" + ranks + "' is below 1");
        }
        TransportSpec canonical = transport.canonical(Transports.of(transport).options());
        MessageSize size = MessageSize.of(collective, type, ranks, requestedBytes);
        Algorithm algorithm = requested.equals(AUTO)
                ? Selection.choose(
                        shape(collective, ranks, type, op, root, inPlace, size), Reachability.direct(canonical))
                : named(collective, requested);
        return new BenchmarkCase(
                collective,
                requested,
                algorithm,
                canonical,
                Conditions.DEFAULT,
                ranks,
                type,
                op,
                root,
                inPlace,
                size);
    }

    /** The same call under other conditions. */
    public BenchmarkCase under(Conditions others) {
        return new BenchmarkCase(
                collective, requested, algorithm, transport, others, ranks, type, op, root, inPlace, size);
    }

    private static Algorithm named(Collective collective, String name) {
        return Algorithms.named(collective, name)
                .orElseThrow(() -> new IllegalArgumentException("no algorithm '" + name + "' for " + collective.label()
                        + "; known: auto, "
                        + Algorithms.of(collective).stream().map(Algorithm::name).collect(Collectors.joining(", "))));
    }

    private static Shape shape(
            Collective collective,
            int ranks,
            DataType type,
            ReduceOp op,
            int root,
            boolean inPlace,
            MessageSize size) {
        boolean average = op != null && op.needsFinish();
        return new Shape(
                collective, ranks, size.count(), type.bytes(), average, root, inPlace, Tuning.DEFAULT);
    }

    /** What its schedules are a function of. */
    public Shape shape() {
        return shape(collective, ranks, type, op, root, inPlace, size);
    }

    /** The algorithm applied to the shape. */
    public Emission emission() {
        return new Emission(algorithm, shape());
    }

    /** Whether no rank leaves a call before every rank has entered it; otherwise the harness puts a barrier behind it. */
    public boolean synchronising() {
        return emission().synchronising();
    }

    /** Elements on the send side of one rank. */
    public long count() {
        return size.count();
    }

    /** Message size in bytes, as really moved. */
    public long bytes() {
        return size.bytes();
    }

    /** Bytes of one rank's input buffer. */
    public long inputBytes() {
        return shape().inputElements() * type.bytes();
    }

    /** Bytes of one rank's output buffer. */
    public long outputBytes() {
        return shape().outputElements() * type.bytes();
    }

    /** Where {@code rank}'s input begins in its output when the call is in place, in bytes. */
    public long inPlaceOffset(int rank) {
        return collective.inPlaceOffset(count(), rank) * type.bytes();
    }

    /** By how many bytes its windows' buffers miss their alignment: one element, or 0. */
    public long misalignment() {
        return conditions.unaligned() ? type.bytes() : 0;
    }

    /** The identity under which its results are stored. */
    public CaseKey key() {
        return CaseKey.builder(collective.label())
                .algorithm(requested)
                .transport(transport.toString())
                .launch(conditions.launch())
                .ranks(ranks)
                .type(type.label())
                .op(op == null ? "none" : op.label())
                .root(collective.rooted() ? Root.of(root) : Root.NONE)
                .inPlace(inPlace)
                .memory(conditions.memory().label())
                .cadence(conditions.cadence().label())
                .buffers(conditions.buffers().label())
                .arrival(conditions.arrival().label())
                .bytes(bytes())
                .build();
    }
}
