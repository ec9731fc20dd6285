package org.fabricmark.results.format;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.Overlap;

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
    /** {@link CaseResult#cpuUs}; in JSON only, like the next two. */
    CPU_US("cpu_us", CaseResult::cpuUs, CaseResultBuilder::cpuUs),
    /** {@link CaseResult#allocatedBytes}. */
    ALLOCATED_BYTES("allocated_bytes", CaseResult::allocatedBytes, CaseResultBuilder::allocatedBytes),
    /** {@link CaseResult#lineNs}. */
    LINE_NS("line_ns", CaseResult::lineNs, CaseResultBuilder::lineNs);

    /** What CSV has: its header never changes. */
    private static final List<Column> CSV = List.copyOf(EnumSet.range(COLLECTIVE, WRONG));

    private static final String AUTO_PREFIX = CaseKey.AUTO + ":";

    private final String label;
    private final Kind kind;
    private final Function<CaseResult, String> writer;
    private final Parser parser;
    private final ObjDoubleConsumer<CaseResultBuilder> real;
    private final ObjLongConsumer<CaseResultBuilder> whole;

    Column(String label, Kind kind, Function<CaseResult, String> writer, Parser parser) {
        this(label, kind, writer, parser, null, null);
    }

    Column(String label, Kind kind, Function<CaseResult, String> writer, Parser parser,
            ObjDoubleConsumer<CaseResultBuilder> real, ObjLongConsumer<CaseResultBuilder> whole) {
        this.real = real;
        this.whole = whole;
        this.label = label;
        this.kind = kind;
        this.writer = writer;
        this.parser = parser;
    }

    Column(CasePart part, Kind kind) {
        this(part.key(), kind, result -> result.key().text(part), (row, text) -> row.key.put(part, text));
    }

    Column(String label, RealField field, ObjDoubleConsumer<CaseResultBuilder> setter) {
        this(label, Kind.NUMBER, result -> {
            OptionalDouble value = field.of(result);
            return value.isPresent() ? Numbers.text(value.getAsDouble()) : "";
        }, (row, text) -> setter.accept(row.result, Numbers.parseReal(label, text)), setter, null);
    }

    Column(String label, WholeField field, ObjLongConsumer<CaseResultBuilder> setter) {
        this(label, Kind.NUMBER, result -> {
            OptionalLong value = field.of(result);
            return value.isPresent() ? Long.toString(value.getAsLong()) : "";
        }, (row, text) -> setter.accept(row.result, Numbers.parseLong(label, text)), null, setter);
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

    /** Whether JSON leaves the field out where it is absent; the others are null then. */
    boolean isOptional() {
        return compareTo(WRONG) > 0;
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
