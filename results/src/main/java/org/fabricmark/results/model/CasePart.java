package org.fabricmark.results.model;

import java.util.Optional;
import java.util.Set;

/**
 * One part of a case's identity. The order of the constants is the order of the parts in a canonical name and of the
 * first columns of a CSV file.
 *
 * <p>A part with a default is left out of the canonical name where it has that default: the default of the command line
 * option with the same meaning. Names of stored cases depend on the keys, the order and the defaults, so none of them
 * ever changes; a new part is added with the default that describes every case measured before it.
 */
public enum CasePart {
    /** What is computed. */
    COLLECTIVE("collective", null),
    /** The algorithm that was asked for; {@code auto} leaves the choice to the library. */
    ALGORITHM("algorithm", CaseKey.AUTO),
    /** The transport and its options. */
    TRANSPORT("transport", null),
    /** How ranks were started. */
    LAUNCH("launch", "threads"),
    /** How many ranks took part. */
    RANKS("ranks", "2"),
    /** Element type. */
    TYPE("type", "float"),
    /** Reduction; {@code none} where nothing is reduced. The default depends on the collective. */
    OP("op", null),
    /** Root rank; see {@link Root}. The default depends on the collective. */
    ROOT("root", null),
    /** Whether input and output are the same buffer: {@code no} or {@code yes}. */
    IN_PLACE("in_place", null),
    /** How ranks lie on hosts; the default is all on one host. */
    PLACEMENT("placement", "one-host"),
    /** Registered buffers or private ones that are copied in and out. */
    MEMORY("memory", "window"),
    /** Calls back to back, or each after a barrier that is not timed. */
    CADENCE("cadence", "streaming"),
    /** Whether calls reuse the same buffers. */
    BUFFERS("buffers", "same"),
    /** Who comes late, and by how much. */
    ARRIVAL("arrival", "none"),
    /** Message size in bytes, counted as nccl-tests does, as really moved. */
    BYTES("bytes", null);

    private static final Set<String> REDUCING = Set.of("all-reduce", "reduce-scatter", "reduce");
    private static final Set<String> ROOTED = Set.of("broadcast", "reduce", "gather", "scatter");

    private final String key;
    private final String fixedDefault;

    CasePart(String key, String fixedDefault) {
        this.key = key;
        this.fixedDefault = fixedDefault;
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
     * @param collective the collective of the case
     */
    public Optional<String> defaultFor(String collective) {
        return switch (this) {
            case OP -> Optional.of(REDUCING.contains(collective) ? "sum" : "none");
            case ROOT -> Optional.of((ROOTED.contains(collective) ? Root.of(0) : Root.NONE).text());
            default -> Optional.ofNullable(fixedDefault);
        };
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
