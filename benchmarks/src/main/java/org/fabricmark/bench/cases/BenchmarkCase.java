package org.fabricmark.bench.cases;

import java.util.Objects;
import java.util.Optional;
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
 * @param requested the algorithm asked for: the text of an {@link AlgorithmRequest}, or {@link #AUTO}
 * @param algorithm the algorithm that runs
 * @param transport the transport with the options that are not at their defaults
 * @param conditions under which conditions
 * @param ranks how many
 * @param type element type
 * @param op operation; null where the collective does not reduce
 * @param root the rank singled out, or {@link #ROTATE}; 0 where there is none
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

    /** The root of a case whose call k has root k mod ranks. */
    public static final int ROTATE = Root.ROTATING.rank();

    /** Refuses a combination that cannot run; the message is one line for the user. */
    public BenchmarkCase {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(conditions, "conditions");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(size, "size");
        AlgorithmRequest request = AlgorithmRequest.parse(requested);
        if (algorithm.collective() != collective
                || !requested.equals(AUTO) && !request.name().equals(algorithm.name())) {
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
        if (root < 0 && !(root == ROTATE && collective.rooted())) {
            throw new IllegalArgumentException("root '" + root + "' does not fit " + collective.label());
        }
        Shape shape =
                shape(collective, tuning(request, transport), ranks, type, op, Math.max(0, root), inPlace, size);
        request.refusal(algorithm, shape).ifPresent(reason -> {
            throw new IllegalArgumentException(
                    "algorithm '" + algorithm.name() + "' does not take " + ranks + " ranks and "
                            + size.count() + " elements: " + reason);
        });
    }

    /**
     * The case in the {@linkplain Conditions#DEFAULT default conditions}, with its algorithm resolved.
     *
     * @param requested the text of an {@link AlgorithmRequest}, or {@link #AUTO}
     * @param op null where the collective does not reduce
     * @param root a rank, or {@link #ROTATE}; 0 where there is none
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
        TransportSpec canonical = Transports.canonical(transport);
        MessageSize size = MessageSize.of(collective, type, ranks, requestedBytes);
        AlgorithmRequest request = AlgorithmRequest.parse(requested);
        Algorithm algorithm = requested.equals(AUTO)
                ? Selection.choose(
                        shape(collective, tuning(request, canonical), ranks, type, op, Math.max(0, root), inPlace,
                                size),
                        Reachability.of(canonical))
                : named(collective, request.name());
        return new BenchmarkCase(
                collective,
                request.text(),
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

    /**
     * The case of a canonical name, as {@link #key} gives it.
     *
     * @throws IllegalArgumentException when there is no such case
     */
    public static BenchmarkCase parse(String canonicalName) {
        CaseKey key = CaseKey.parse(canonicalName);
        Collective collective = known("collective", key.collective(), Collective.named(key.collective()));
        boolean reduces = collective.reduces();
        return of(
                collective,
                key.algorithm(),
                TransportSpec.parse(key.transport().text()),
                key.ranks(),
                known("type", key.type(), DataType.named(key.type())),
                reduces ? known("op", key.op(), ReduceOp.named(key.op())) : null,
                collective.rooted() ? key.root().rank() : 0,
                key.inPlace(),
                key.bytes())
                .under(Conditions.of(key));
    }

    private static <T> T known(String what, String name, Optional<T> found) {
        return found.orElseThrow(() -> new IllegalArgumentException("no " + what + " '" + name + "'"));
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
            Tuning tuning,
            int ranks,
            DataType type,
            ReduceOp op,
            int root,
            boolean inPlace,
            MessageSize size) {
        boolean average = op != null && op.needsFinish();
        return new Shape(collective, ranks, size.count(), type.bytes(), average, root, inPlace, tuning);
    }

    private static Tuning tuning(AlgorithmRequest request, TransportSpec transport) {
        return request.tuning(Selection.tuning(Reachability.of(transport)));
    }

    /** What its schedules are a function of; of its first call, where the root rotates. */
    public Shape shape() {
        Tuning tuning = tuning(AlgorithmRequest.parse(requested), transport);
        return shape(collective, tuning, ranks, type, op, root(0), inPlace, size);
    }

    /** Whether the root changes from call to call. */
    public boolean rotates() {
        return root == ROTATE;
    }

    /** The root of call {@code call}, counted from 0. */
    public int root(long call) {
        return rotates() ? (int) (call % ranks) : root;
    }

    /** After how many calls the same one comes again: 1, unless the root rotates. */
    public int rotation() {
        return rotates() ? ranks : 1;
    }

    /** The algorithm that runs, as results name it: with what was asked of it. */
    public String ran() {
        return requested.equals(AUTO) ? algorithm.name() : requested;
    }

    /** The algorithm applied to the shape. */
    public Emission emission() {
        return new Emission(algorithm, shape());
    }

    /** Whether no rank leaves a call before every rank has entered it; otherwise the harness puts a barrier behind it. */
    public boolean synchronising() {
        return emission().synchronising();
    }

    /** Whether ranks are processes; otherwise they are threads. */
    public boolean inProcesses() {
        return conditions.launch().equals(Conditions.PROCESSES);
    }

    /** Elements of the vector, or of one block. */
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

    /** Where the shorter of {@code rank}'s buffers begins in the longer when the call is in place, in bytes. */
    public long inPlaceOffset(int rank) {
        return collective.inPlaceOffset(count(), rank) * type.bytes();
    }

    /** Whether the input of a call in place lies inside of the output, which is at least as long. */
    public boolean inputInOutput() {
        return inPlace && !collective.outputInInput();
    }

    /** Whether the output of a call in place lies inside of the input, which is longer. */
    public boolean outputInInput() {
        return inPlace && collective.outputInInput();
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
                .root(collective.rooted() ? new Root(root) : Root.NONE)
                .inPlace(inPlace)
                .memory(conditions.memory().label())
                .cadence(conditions.cadence().label())
                .buffers(conditions.buffers().label())
                .arrival(conditions.arrival().label())
                .bytes(bytes())
                .build();
    }
}
