package org.fabricmark.results.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was measured: the identity of a case. Two results are of the same case exactly when their keys are equal, and
 * then their {@linkplain #canonicalName() canonical names} are the same text.
 *
 * <p>Made by {@link #builder(String)}, which knows the {@linkplain CasePart#defaultFor defaults}. Words are kept as
 * they were given: whoever measures writes them in their canonical form.
 *
 * <p>A case is of a collective or of a primitive; the parts that only the other has are {@value CasePart#NONE} then, or
 * {@code -1} and {@code no}.
 *
 * @param collective what is computed
 * @param algorithm the algorithm asked for; for {@code auto}, {@link CaseResult#algorithmSelected()} says which one ran
 * @param transport the transport and its options
 * @param launch how ranks were started
 * @param ranks how many ranks took part, at least 1
 * @param type element type
 * @param op reduction, or {@code none}
 * @param root root rank
 * @param inPlace whether input and output are the same buffer
 * @param placement how ranks lie on hosts
 * @param memory {@code window} or {@code private}
 * @param cadence {@code streaming} or {@code isolated}
 * @param buffers {@code same}, {@code rotate} or {@code cold}
 * @param arrival who comes late
 * @param bytes message size in bytes as nccl-tests counts it, as really moved; of a primitive, of one message
 * @param primitive which primitive, and how its requests are queued
 */
public record CaseKey(String collective, String algorithm, TransportSpec transport, String launch, int ranks,
        String type,
        String op, Root root, boolean inPlace, String placement, String memory, String cadence, String buffers,
        String arrival, long bytes, PrimitiveParts primitive) {

    /** The algorithm of a case that leaves the choice to the library. */
    public static final String AUTO = "auto";

    private static final int ID_DIGITS = 16;

    /** Refuses empty words, words with blanks, and sizes that cannot be. */
    public CaseKey {
        requireWord("collective", collective);
        requireWord("algorithm", algorithm);
        Objects.requireNonNull(transport, "transport");
        requireWord("launch", launch);
        requireWord("type", type);
        requireWord("op", op);
        Objects.requireNonNull(root, "root");
        requireWord("placement", placement);
        requireWord("memory", memory);
        requireWord("cadence", cadence);
        requireWord("buffers", buffers);
        requireWord("arrival", arrival);
        if (algorithm.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "algorithm '" + algorithm + "': a case names what was asked for, its result names what ran");
        }
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks '" + ranks + "' is below 1");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes '" + bytes + "' is negative");
        }
        if (primitive.isPresent() != collective.equals(CasePart.NONE)) {
            throw new IllegalArgumentException("collective '" + collective + "' and primitive '" + primitive.name()
                    + "': a case is of one of the two");
        }
        if (primitive.isPresent()) {
            requireNone(algorithm, type, op, memory, cadence, buffers, arrival);
            requireNone(inPlace ? "in_place" : CasePart.NONE, root.equals(Root.NONE) ? CasePart.NONE : root.text());
        } else {
            requireNone(primitive.txDepth(), primitive.qps(), primitive.inline(), primitive.cqMod(),
                    primitive.postList());
        }
    }

    private static void requireNone(String... texts) {
        for (String text : texts) {
            if (!text.equals(CasePart.NONE)) {
                throw new IllegalArgumentException("'" + text + "' has no place in this case: a primitive has no"
                        + " algorithm, type, operation, root or conditions, and a collective no queues");
            }
        }
    }

    /** A builder in which every part that has a default for {@code collective} has it. */
    public static Builder builder(String collective) {
        return new Builder().put(CasePart.COLLECTIVE, collective);
    }

    /** A builder for a case of a primitive, in which it has no queues. */
    public static Builder ofPrimitive(String primitive) {
        return new Builder().put(CasePart.PRIMITIVE, primitive);
    }

    /** A builder in which nothing is set, for readers that get the collective like any other part. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with this case's parts. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        for (CasePart part : CasePart.values()) {
            builder.put(part, text(part));
        }
        return builder;
    }

    /** Whether this is a case of a primitive between two ranks, not of a collective. */
    public boolean isPrimitive() {
        return primitive.isPresent();
    }

    /** The parts that such a case has, in their order. */
    public List<CasePart> parts() {
        return CasePart.of(isPrimitive());
    }

    /**
     * The name of this case: {@code key=value} in the order of {@link CasePart}, one blank between, parts that have
     * their default left out. It never changes for a given case, and {@link #parse} reads it back.
     */
    public String canonicalName() {
        StringBuilder name = new StringBuilder();
        for (CasePart part : CasePart.values()) {
            String text = text(part);
            Optional<String> defaultText = part.defaultFor(collective);
            if (defaultText.isEmpty() || !defaultText.get().equals(text)) {
                name.append(name.isEmpty() ? "" : " ").append(part.key()).append('=').append(text);
            }
        }
        return name.toString();
    }

    /**
     * A short name of this case that fits where the canonical name does not: 16 hexadecimal digits that follow from the
     * canonical name's parts, sorted by key. Like that name it never changes.
     */
    public String id() {
        String[] parts = canonicalName().split(" ");
        Arrays.sort(parts);
        return Digest.hex(String.join("\n", parts), ID_DIGITS);
    }

    /**
     * The case of a canonical name; parts may come in any order.
     *
     * @throws IllegalArgumentException if a part is unknown, is given twice, has no value, or is missing and has no
     * default
     */
    public static CaseKey parse(String name) {
        Builder builder = new Builder();
        for (String assignment : name.split(" ", -1)) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("case '" + name + "': '" + assignment + "' is not KEY=VALUE");
            }
            String key = assignment.substring(0, equals);
            CasePart part = CasePart.named(key)
                    .orElseThrow(
                            () -> new IllegalArgumentException("case '" + name + "': no part is called '" + key + "'"));
            if (builder.texts.containsKey(part)) {
                throw new IllegalArgumentException("case '" + name + "': '" + key + "' is given twice");
            }
            builder.put(part, assignment.substring(equals + 1));
        }
        return builder.build();
    }

    /** The text of one part, whether it has its default or not. */
    public String text(CasePart part) {
        return switch (part) {
            case PRIMITIVE -> primitive.name();
            case COLLECTIVE -> collective;
            case ALGORITHM -> algorithm;
            case TRANSPORT -> transport.text();
            case LAUNCH -> launch;
            case RANKS -> Integer.toString(ranks);
            case TYPE -> type;
            case OP -> op;
            case ROOT -> root.text();
            case IN_PLACE -> inPlace ? "yes" : "no";
            case PLACEMENT -> placement;
            case MEMORY -> memory;
            case CADENCE -> cadence;
            case BUFFERS -> buffers;
            case ARRIVAL -> arrival;
            case BYTES -> Long.toString(bytes);
            case TX_DEPTH -> primitive.txDepth();
            case QPS -> primitive.qps();
            case INLINE -> primitive.inline();
            case CQ_MOD -> primitive.cqMod();
            case POST_LIST -> primitive.postList();
        };
    }

    /** Spreads sizes, which are mostly powers of two and would otherwise share few places in a hash table. */
    @Override
    public int hashCode() {
        int words = 31 * (31 * (31 * collective.hashCode() + algorithm.hashCode()) + transport.hashCode())
                + type.hashCode();
        long numbers = (bytes * 31 + ranks) * 0x9e37_79b9_7f4a_7c15L;
        return words ^ primitive.hashCode() ^ (int) (numbers >>> Integer.SIZE) ^ Boolean.hashCode(inPlace);
    }

    @Override
    public String toString() {
        return canonicalName();
    }

    static void requireWord(String what, String word) {
        Objects.requireNonNull(word, what);
        if (word.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        for (int i = 0; i < word.length(); i++) {
            if (Character.isWhitespace(word.charAt(i)) || Character.isISOControl(word.charAt(i))) {
                throw new IllegalArgumentException(
                        what + " is '" + word.strip() + "', with a blank or control character");
            }
        }
    }

    /** Collects the parts of a case. Not thread-safe; may be used for several cases that differ in a few parts. */
    public static final class Builder {
        private final Map<CasePart, String> texts = new EnumMap<>(CasePart.class);

        private Builder() {}

        /** The text of any part, as in a canonical name; checked by {@link #build()}. */
        public Builder put(CasePart part, String text) {
            texts.put(part, Objects.requireNonNull(text, part.key()));
            return this;
        }

        /** The algorithm asked for; {@code auto} unless set. */
        public Builder algorithm(String algorithm) {
            return put(CasePart.ALGORITHM, algorithm);
        }

        /** The transport as a user writes it, for example {@code netty?io=epoll}. */
        public Builder transport(String transport) {
            return put(CasePart.TRANSPORT, transport);
        }

        /** How ranks were started; {@code threads} unless set. */
        public Builder launch(String launch) {
            return put(CasePart.LAUNCH, launch);
        }

        /** Number of ranks; 2 unless set. */
        public Builder ranks(int ranks) {
            return put(CasePart.RANKS, Integer.toString(ranks));
        }

        /** Element type; {@code float} unless set. */
        public Builder type(String type) {
            return put(CasePart.TYPE, type);
        }

        /** Reduction; by default {@code sum}, or {@code none} where the collective does not reduce. */
        public Builder op(String op) {
            return put(CasePart.OP, op);
        }

        /** Root; by default rank 0, or none where the collective has no root. */
        public Builder root(Root root) {
            return put(CasePart.ROOT, root.text());
        }

        /** Whether input and output are the same buffer; must be set. */
        public Builder inPlace(boolean inPlace) {
            return put(CasePart.IN_PLACE, inPlace ? "yes" : "no");
        }

        /** How ranks lie on hosts; {@code one-host} unless set. */
        public Builder placement(String placement) {
            return put(CasePart.PLACEMENT, placement);
        }

        /** Kind of buffer; {@code window} unless set. */
        public Builder memory(String memory) {
            return put(CasePart.MEMORY, memory);
        }

        /** Cadence; {@code streaming} unless set. */
        public Builder cadence(String cadence) {
            return put(CasePart.CADENCE, cadence);
        }

        /** Reuse of buffers; {@code same} unless set. */
        public Builder buffers(String buffers) {
            return put(CasePart.BUFFERS, buffers);
        }

        /** Who comes late; {@code none} unless set. */
        public Builder arrival(String arrival) {
            return put(CasePart.ARRIVAL, arrival);
        }

        /** Message size in bytes; must be set. */
        public Builder bytes(long bytes) {
            return put(CasePart.BYTES, Long.toString(bytes));
        }

        /**
         * The case.
         *
         * @throws IllegalArgumentException if a part without a default is missing, or a part has a value that it cannot
         * have
         */
        public CaseKey build() {
            return new CaseKey(get(CasePart.COLLECTIVE), get(CasePart.ALGORITHM),
                    TransportSpec.parse(get(CasePart.TRANSPORT)), get(CasePart.LAUNCH),
                    Numbers.parseInt("ranks", get(CasePart.RANKS)), get(CasePart.TYPE), get(CasePart.OP),
                    Root.parse(get(CasePart.ROOT)), parseYesNo(get(CasePart.IN_PLACE)), get(CasePart.PLACEMENT),
                    get(CasePart.MEMORY), get(CasePart.CADENCE), get(CasePart.BUFFERS), get(CasePart.ARRIVAL),
                    Numbers.parseLong("bytes", get(CasePart.BYTES)), primitive());
        }

        /**
         * The case, as {@link #build()} makes it; the very one that was made of the same texts before, if {@code known} has it.
         *
         * @param known cases by their texts; this one is added
         */
        public CaseKey build(Map<Map<CasePart, String>, CaseKey> known) {
            CaseKey same = known.get(texts);
            if (same == null) {
                same = build();
                known.put(new EnumMap<>(texts), same);
            }
            return same;
        }

        private PrimitiveParts primitive() {
            return texts.getOrDefault(CasePart.PRIMITIVE, CasePart.NONE).equals(CasePart.NONE)
                    && CasePart.QUEUEING.stream().noneMatch(texts::containsKey)
                            ? PrimitiveParts.OF_NONE
                            : new PrimitiveParts(get(CasePart.PRIMITIVE), get(CasePart.TX_DEPTH), get(CasePart.QPS),
                                    get(CasePart.INLINE), get(CasePart.CQ_MOD), get(CasePart.POST_LIST));
        }

        private String get(CasePart part) {
            String text = texts.get(part);
            if (text != null) {
                return text;
            }
            boolean primitive = !texts.getOrDefault(CasePart.PRIMITIVE, CasePart.NONE).equals(CasePart.NONE);
            String collective = texts.getOrDefault(CasePart.COLLECTIVE, primitive ? CasePart.NONE : "");
            return part.defaultFor(collective)
                    .orElseThrow(() -> new IllegalArgumentException("a case needs '" + part.key() + "'"));
        }

        private static boolean parseYesNo(String text) {
            return switch (text) {
                case "yes" -> true;
                case "no" -> false;
                default -> throw new IllegalArgumentException("in_place '" + text + "' is neither no nor yes");
            };
        }
    }
}
