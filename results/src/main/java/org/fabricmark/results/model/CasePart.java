package org.fabricmark.results.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One part of a case's identity. The order of the constants is the order of the parts in a canonical name and of the
 * first columns of a CSV file.
 *
 * <p>A part with a default is left out of the canonical name where it has that default: the default of the command line
 * option with the same meaning. Names of stored cases depend on the keys, the order and the defaults, so none of them
 * ever changes; a new part is added with the default that describes every case measured before it.
 *
 * <p>A case is of a collective or of a primitive between two ranks. Some parts are of one kind of case only; in the other
 * they are {@value #NONE}, which is then their default.
 */
public enum CasePart {
    /** What is measured between two ranks, where that is no collective. */
    PRIMITIVE("primitive", CasePart.NONE, Kind.PRIMITIVES),
    /** What is computed. */
    COLLECTIVE("collective", null, Kind.COLLECTIVES),
    /** The algorithm that was asked for; {@code auto} leaves the choice to the library. */
    ALGORITHM("algorithm", CaseKey.AUTO, Kind.COLLECTIVES),
    /** The transport and its options. */
    TRANSPORT("transport", null, Kind.ALL),
    /** How ranks were started. */
    LAUNCH("launch", "threads", Kind.ALL),
    /** How many ranks took part. */
    RANKS("ranks", "2", Kind.ALL),
    /** Element type. */
    TYPE("type", "float", Kind.COLLECTIVES),
    /** Reduction; {@code none} where nothing is reduced. The default depends on the collective. */
    OP("op", null, Kind.COLLECTIVES),
    /** Root rank; see {@link Root}. The default depends on the collective. */
    ROOT("root", null, Kind.COLLECTIVES),
    /** Whether input and output are the same buffer: {@code no} or {@code yes}. */
    IN_PLACE("in_place", null, Kind.COLLECTIVES),
    /** How ranks lie on hosts; the default is all on one host. */
    PLACEMENT("placement", "one-host", Kind.ALL),
    /** Registered buffers or private ones that are copied in and out. */
    MEMORY("memory", "window", Kind.COLLECTIVES),
    /** Calls back to back, or each after a barrier that is not timed. */
    CADENCE("cadence", "streaming", Kind.COLLECTIVES),
    /** Whether calls reuse the same buffers. */
    BUFFERS("buffers", "same", Kind.COLLECTIVES),
    /** Who comes late, and by how much. */
    ARRIVAL("arrival", CasePart.NONE, Kind.COLLECTIVES),
    /** Message size in bytes, counted as nccl-tests does, as really moved. */
    BYTES("bytes", null, Kind.ALL),
    /** Requests under way on a queue pair. */
    TX_DEPTH("tx_depth", CasePart.NONE, Kind.PRIMITIVES),
    /** Queue pairs. */
    QPS("qps", CasePart.NONE, Kind.PRIMITIVES),
    /** Bytes up to which data travel within the request. */
    INLINE("inline", CasePart.NONE, Kind.PRIMITIVES),
    /** One request in so many is signalled; {@code auto} where that depends on the size. */
    CQ_MOD("cq_mod", CasePart.NONE, Kind.PRIMITIVES),
    /** Requests that are posted at once. */
    POST_LIST("post_list", CasePart.NONE, Kind.PRIMITIVES);

    /** What a case does not have. */
    public static final String NONE = "none";

    /** How a primitive's requests are queued. */
    public static final List<CasePart> QUEUEING = List.of(TX_DEPTH, QPS, INLINE, CQ_MOD, POST_LIST);

    private static final Set<String> REDUCING = Set.of("all-reduce", "reduce-scatter", "reduce");
    private static final Set<String> ROOTED = Set.of("broadcast", "reduce", "gather", "scatter");

    private final String key;
    private final String fixedDefault;
    private final Kind kind;

    private enum Kind {
        ALL,
        COLLECTIVES,
        PRIMITIVES
    }

    CasePart(String key, String fixedDefault, Kind kind) {
        this.key = key;
        this.fixedDefault = fixedDefault;
        this.kind = kind;
    }

    /** The name of this part in canonical names, CSV headers and JSON fields. */
    public String key() {
        return key;
    }

    /**
     * The text that this part has when nothing is said about it, or nothing if it must always be said. The operation
     * and the root have a default for each collective: {@code sum} where it reduces, else {@code none}; 0 where it has
     * a root, else -1.
     *
     * @param collective the collective of the case, {@value #NONE} for one of a primitive
     */
    public Optional<String> defaultFor(String collective) {
        if (collective.equals(NONE) && kind == Kind.COLLECTIVES) {
            return Optional.of(switch (this) {
                case ROOT -> Root.NONE.text();
                case IN_PLACE -> "no";
                default -> NONE;
            });
        }
        return switch (this) {
            case OP -> Optional.of(REDUCING.contains(collective) ? "sum" : NONE);
            case ROOT -> Optional.of((ROOTED.contains(collective) ? Root.of(0) : Root.NONE).text());
            default -> Optional.ofNullable(fixedDefault);
        };
    }

    /** Whether a case of a primitive, or of a collective, has this part at all. */
    public boolean isOf(boolean primitive) {
        return kind == Kind.ALL || primitive == (kind == Kind.PRIMITIVES);
    }

    /** The parts that a case of a primitive, or of a collective, has, in their order. */
    public static List<CasePart> of(boolean primitive) {
        return Stream.of(values()).filter(part -> part.isOf(primitive)).toList();
    }

    /** The part with this key. */
    public static Optional<CasePart> named(String key) {
        for (CasePart part : values()) {
            if (part.key.equals(key)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
