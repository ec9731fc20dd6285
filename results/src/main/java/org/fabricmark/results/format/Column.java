package org.fabricmark.results.format;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.ToDoubleFunction;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Flags;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.Overlap;
import org.fabricmark.results.model.PrimitiveFigures;
import org.fabricmark.results.model.PrimitiveParts;

/**
 * One column of a CSV file, which is one field of a case in JSON. The constants are in the order of both. A column
 * turns its part of a result into text and back; the empty text is an absent number. New columns go to the end, and into
 * JSON only.
 */
public enum Column {
    /** {@link CaseKey#collective}. */
    COLLECTIVE(CasePart.COLLECTIVE, Kind.WORD),
    /** The algorithm; where {@code auto} was asked for, {@code auto:} and the one that ran. */
    ALGORITHM("algorithm", Kind.WORD, Column::algorithm, Column::parseAlgorithm),
    /** {@link CaseKey#transport}. */
    TRANSPORT(CasePart.TRANSPORT, Kind.WORD),
    /** {@link CaseKey#launch}. */
    LAUNCH(CasePart.LAUNCH, Kind.WORD),
    /** {@link CaseKey#ranks}. */
    RANKS(CasePart.RANKS, Kind.NUMBER),
    /** {@link CaseKey#type}. */
    TYPE(CasePart.TYPE, Kind.WORD),
    /** {@link CaseKey#op}. */
    OP(CasePart.OP, Kind.WORD),
    /** {@link CaseKey#root}; in JSON a number, except for {@code rotate}. */
    ROOT(CasePart.ROOT, Kind.NUMBER),
    /** {@link CaseKey#inPlace}. */
    IN_PLACE(CasePart.IN_PLACE, Kind.YES_NO),
    /** {@link CaseKey#placement}. */
    PLACEMENT(CasePart.PLACEMENT, Kind.WORD),
    /** {@link CaseKey#memory}. */
    MEMORY(CasePart.MEMORY, Kind.WORD),
    /** {@link CaseKey#cadence}. */
    CADENCE(CasePart.CADENCE, Kind.WORD),
    /** {@link CaseKey#buffers}. */
    BUFFERS(CasePart.BUFFERS, Kind.WORD),
    /** {@link CaseKey#arrival}. */
    ARRIVAL(CasePart.ARRIVAL, Kind.WORD),
    /** {@link CaseKey#bytes}. */
    BYTES(CasePart.BYTES, Kind.NUMBER),
    /** {@link CaseResult#count}. */
    COUNT("count", (CaseResult result) -> OptionalLong.of(result.count()), CaseResultBuilder::count),
    /** {@link CaseResult#calls}. */
    CALLS("calls", (CaseResult result) -> OptionalLong.of(result.calls()), CaseResultBuilder::calls),
    /** {@link CaseResult#batch}. */
    BATCH("batch", (CaseResult result) -> OptionalLong.of(result.batch()), CaseResultBuilder::batch),
    /** {@link CaseResult#timeUs}. */
    TIME_US("time_us", (CaseResult result) -> OptionalDouble.of(result.timeUs()), CaseResultBuilder::timeUs),
    /** {@link CaseResult#minUs}. */
    MIN_US("min_us", CaseResult::minUs, CaseResultBuilder::minUs),
    /** {@link CaseResult#p50Us}. */
    P50_US("p50_us", CaseResult::p50Us, CaseResultBuilder::p50Us),
    /** {@link CaseResult#p99Us}. */
    P99_US("p99_us", CaseResult::p99Us, CaseResultBuilder::p99Us),
    /** {@link CaseResult#maxUs}. */
    MAX_US("max_us", CaseResult::maxUs, CaseResultBuilder::maxUs),
    /** {@link CaseResult#skewUs}. */
    SKEW_US("skew_us", CaseResult::skewUs, CaseResultBuilder::skewUs),
    /** {@link CaseResult#firstUs}. */
    FIRST_US("first_us", CaseResult::firstUs, CaseResultBuilder::firstUs),
    /** {@link CaseResult#algbwGBs}. */
    ALGBW_GBS("algbw_GBs", CaseResult::algbwGBs, CaseResultBuilder::algbwGBs),
    /** {@link CaseResult#busbwGBs}. */
    BUSBW_GBS("busbw_GBs", CaseResult::busbwGBs, CaseResultBuilder::busbwGBs),
    /** {@link CaseResult#limitUs}. */
    LIMIT_US("limit_us", CaseResult::limitUs, CaseResultBuilder::limitUs),
    /** {@link CaseResult#exchangeNs}. */
    EXCHANGE_NS("exchange_ns", CaseResult::exchangeNs, CaseResultBuilder::exchangeNs),
    /** {@link CaseResult#flags} as letters. */
    FLAGS("flags", Kind.WORD, result -> result.flags().letters(), (row, text) -> row.result.flags(new Flags(text))),
    /** {@link CaseResult#wrong}. */
    WRONG("wrong", CaseResult::wrong, CaseResultBuilder::wrong),
    /** {@link Overlap#pureUs}; in JSON only, like the two behind it. */
    PURE_US("pure_us", (CaseResult result) -> part(result, Overlap::pureUs), CaseResultBuilder::pureUs),
    /** {@link Overlap#computeUs}. */
    COMPUTE_US("compute_us", (CaseResult result) -> part(result, Overlap::computeUs), CaseResultBuilder::computeUs),
    /** {@link Overlap#totalUs}. */
    TOTAL_US("total_us", (CaseResult result) -> part(result, Overlap::totalUs), CaseResultBuilder::totalUs),
    /** {@link CaseResult#cpuUs}; in JSON only, like the next three. */
    CPU_US("cpu_us", CaseResult::cpuUs, CaseResultBuilder::cpuUs),
    /** {@link CaseResult#allocatedBytes}. */
    ALLOCATED_BYTES("allocated_bytes", CaseResult::allocatedBytes, CaseResultBuilder::allocatedBytes),
    /** {@link CaseResult#lineNs}. */
    LINE_NS("line_ns", CaseResult::lineNs, CaseResultBuilder::lineNs),
    /** {@link CaseResult#hitRate}. */
    HIT_RATE("hit_rate", CaseResult::hitRate, CaseResultBuilder::hitRate),
    /** {@link PrimitiveParts#name}; in JSON only and of primitives only, like all behind it. */
    PRIMITIVE(CasePart.PRIMITIVE, Kind.WORD),
    /** {@link PrimitiveParts#txDepth}. */
    TX_DEPTH(CasePart.TX_DEPTH, Kind.NUMBER),
    /** {@link PrimitiveParts#qps}. */
    QPS(CasePart.QPS, Kind.NUMBER),
    /** {@link PrimitiveParts#inline}. */
    INLINE(CasePart.INLINE, Kind.NUMBER),
    /** {@link PrimitiveParts#cqMod}; a number or {@code auto}. */
    CQ_MOD(CasePart.CQ_MOD, Kind.NUMBER),
    /** {@link PrimitiveParts#postList}. */
    POST_LIST(CasePart.POST_LIST, Kind.NUMBER),
    /** {@link PrimitiveFigures#measure}. */
    MEASURE("measure", Kind.WORD, result -> primitive(result, figures -> figures.measure().label()),
            (row, text) -> row.result.primitive().measure(Measure.named(text).orElseThrow(
                    () -> new IllegalArgumentException("measure '" + text + "' is not known to this build")))),
    /** {@link PrimitiveFigures#averageUs}. */
    AVERAGE_US("average_us", (CaseResult result) -> figure(result, each -> OptionalDouble.of(each.averageUs())),
            (result, us) -> result.primitive().averageUs(us)),
    /** {@link PrimitiveFigures#deviationUs}. */
    STDEV_US("stdev_us", (CaseResult result) -> figure(result, each -> OptionalDouble.of(each.deviationUs())),
            (result, us) -> result.primitive().deviationUs(us)),
    /** {@link PrimitiveFigures#p999Us}. */
    P999_US("p999_us", (CaseResult result) -> figure(result, PrimitiveFigures::p999Us),
            (result, us) -> result.primitive().p999Us(us)),
    /** {@link PrimitiveFigures#inlined}. */
    INLINED("inlined", Kind.YES_NO, result -> primitive(result, figures -> figures.inlined().orElse("")),
            (row, text) -> row.result.primitive().inlined(text)),
    /** {@link PrimitiveFigures#signalEvery}. */
    SIGNAL_EVERY("signal_every",
            (CaseResult result) -> result.primitive().map(PrimitiveFigures::signalEvery).orElse(OptionalLong.empty()),
            (result, requests) -> result.primitive().signalEvery(requests)),
    /** {@link PrimitiveFigures#reference}. */
    REFERENCE("reference", Kind.WORD, result -> primitive(result, PrimitiveFigures::reference),
            (row, text) -> row.result.primitive().reference(text)),
    /** {@link PrimitiveFigures#referenceUs}. */
    REFERENCE_US("reference_us", (CaseResult result) -> figure(result, PrimitiveFigures::referenceUs),
            (result, us) -> result.primitive().referenceUs(us));

    /** What CSV has: its header never changes. */
    private static final List<Column> CSV = List.copyOf(EnumSet.range(COLLECTIVE, WRONG));

    private static final List<Column> PRIMITIVES = List.copyOf(EnumSet.range(PRIMITIVE, REFERENCE_US));

    /** What a call of a collective has and a primitive has not, beside parts of its case. */
    private static final Set<Column> CALLS_ONLY =
            EnumSet.of(ALGORITHM, COUNT, SKEW_US, FIRST_US, BUSBW_GBS, LIMIT_US);

    private static final String AUTO_PREFIX = CaseKey.AUTO + ":";

    private final String label;
    private final Kind kind;
    private final Function<CaseResult, String> writer;
    private final Parser parser;
    private final ObjDoubleConsumer<CaseResultBuilder> real;
    private final ObjLongConsumer<CaseResultBuilder> whole;
    private final Optional<CasePart> part;

    Column(String label, Kind kind, Function<CaseResult, String> writer, Parser parser) {
        this(label, kind, writer, parser, null, null, Optional.empty());
    }

    Column(String label, Kind kind, Function<CaseResult, String> writer, Parser parser,
            ObjDoubleConsumer<CaseResultBuilder> real, ObjLongConsumer<CaseResultBuilder> whole,
            Optional<CasePart> part) {
        this.part = part;
        this.real = real;
        this.whole = whole;
        this.label = label;
        this.kind = kind;
        this.writer = writer;
        this.parser = parser;
    }

    Column(CasePart part, Kind kind) {
        this(part.key(), kind, result -> result.key().text(part), (row, text) -> row.key.put(part, text), null,
                null, Optional.of(part));
    }

    Column(String label, RealField field, ObjDoubleConsumer<CaseResultBuilder> setter) {
        this(label, Kind.NUMBER, result -> {
            OptionalDouble value = field.of(result);
            return value.isPresent() ? Numbers.text(value.getAsDouble()) : "";
        }, (row, text) -> setter.accept(row.result, Numbers.parseReal(label, text)), setter, null,
                Optional.empty());
    }

    Column(String label, WholeField field, ObjLongConsumer<CaseResultBuilder> setter) {
        this(label, Kind.NUMBER, result -> {
            OptionalLong value = field.of(result);
            return value.isPresent() ? Long.toString(value.getAsLong()) : "";
        }, (row, text) -> setter.accept(row.result, Numbers.parseLong(label, text)), null, setter,
                Optional.empty());
    }

    /** The name in a CSV header and in JSON. */
    public String label() {
        return label;
    }

    /** This column of {@code result}; empty if absent. */
    public String text(CaseResult result) {
        return writer.apply(result);
    }

    /** The column called {@code label}. */
    public static Optional<Column> named(String label) {
        for (Column column : values()) {
            if (column.label.equals(label)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    /** The columns of a CSV file, in their order. */
    public static List<Column> ofCsv() {
        return CSV;
    }

    /** What primitives have besides. */
    public static List<Column> ofPrimitives() {
        return PRIMITIVES;
    }

    /** Whether JSON leaves the field out of {@code result}; those that are absent otherwise are null. */
    boolean isLeftOut(CaseResult result) {
        boolean primitive = result.key().isPrimitive();
        boolean ofTheOther = primitive ? CALLS_ONLY.contains(this) : compareTo(PRIMITIVE) >= 0;
        return ofTheOther || part.isPresent() && !part.get().isOf(primitive)
                || compareTo(WRONG) > 0 && (text(result).isEmpty() || part.isPresent() && isDefault(result));
    }

    private boolean isDefault(CaseResult result) {
        return part.orElseThrow().defaultFor(result.key().collective()).equals(Optional.of(text(result)));
    }

    /** What JSON makes of the text. */
    Kind kind() {
        return kind;
    }

    /** Whether this is a real number, which {@link #put(Row, double)} takes without a text. */
    boolean isReal() {
        return real != null;
    }

    /** Puts a real number into {@code row}. */
    void put(Row row, double value) {
        real.accept(row.result, value);
    }

    /** Whether this is a whole number, which {@link #put(Row, long)} takes without a text. */
    boolean isWhole() {
        return whole != null;
    }

    /** Puts a whole number into {@code row}. */
    void put(Row row, long value) {
        whole.accept(row.result, value);
    }

    /** Puts {@code text} into {@code row}; an empty text leaves the column absent. */
    void parse(Row row, String text) {
        if (!text.isEmpty()) {
            parser.parse(row, text);
        }
    }

    private static String primitive(CaseResult result, Function<PrimitiveFigures, String> word) {
        return result.primitive().map(word).orElse("");
    }

    private static OptionalDouble figure(CaseResult result, Function<PrimitiveFigures, OptionalDouble> figure) {
        return result.primitive().map(figure).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble part(CaseResult result, ToDoubleFunction<Overlap> part) {
        return result.overlap().isPresent()
                ? OptionalDouble.of(part.applyAsDouble(result.overlap().get()))
                : OptionalDouble.empty();
    }

    private static String algorithm(CaseResult result) {
        String asked = result.key().algorithm();
        return asked.equals(CaseKey.AUTO) ? AUTO_PREFIX + result.algorithmSelected() : asked;
    }

    private static void parseAlgorithm(Row row, String text) {
        if (text.startsWith(AUTO_PREFIX)) {
            row.key.algorithm(CaseKey.AUTO);
            row.result.algorithmSelected(text.substring(AUTO_PREFIX.length()));
        } else {
            row.key.algorithm(text);
        }
    }

    /** How a column's text appears in JSON. */
    enum Kind {
        /** A string. */
        WORD,
        /** A number, null if absent; a text that is not a number is a string. */
        NUMBER,
        /** {@code no} and {@code yes} are false and true. */
        YES_NO
    }

    /** The result that is being put together from a line or an object, column by column. */
    static final class Row {
        private final CaseKey.Builder key = CaseKey.builder();
        private final CaseResultBuilder result = new CaseResultBuilder();

        void conventions(Conventions conventions) {
            result.conventions(conventions);
        }

        CaseResult build() {
            return result.key(key.build()).build();
        }

        CaseResult build(SharedParts shared) {
            return result.key(shared.caseOf(key)).build();
        }
    }

    @FunctionalInterface
    private interface Parser {
        void parse(Row row, String text);
    }

    @FunctionalInterface
    private interface RealField {
        OptionalDouble of(CaseResult result);
    }

    @FunctionalInterface
    private interface WholeField {
        OptionalLong of(CaseResult result);
    }
}
