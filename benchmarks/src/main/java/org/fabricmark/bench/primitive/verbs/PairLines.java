package org.fabricmark.bench.primitive.verbs;

import java.util.function.LongConsumer;
import org.fabricmark.bench.baseline.ExchangeProbe;
import org.fabricmark.bench.baseline.SharedLines;

/**
 * What the two ranks tell each other beside the verbs: a word to a line.
 *
 * <pre>
 *   0        1         2           3       4       5, 6       8                             8 + card
 *   last     command   primitive   bytes   wrong   exchange   card of rank 0                card of rank 1
 *
 *   card:    gid high   gid low   address   remote key   for each queue pair: number, packet number, receives posted so far
 * </pre>
 *
 * <p>Thread rule: each word has one writer at a time; meetings lie between.
 */
final class PairLines {
    /** For {@link #last}: not known yet. */
    static final long NONE = -1;

    private static final int LAST = 0;
    private static final int COMMAND = 1;
    private static final int PRIMITIVE = 2;
    private static final int BYTES = 3;
    private static final int WRONG = 4;
    private static final int EXCHANGE = 5;
    private static final int CARDS = EXCHANGE + ExchangeProbe.LINES + 1;
    private static final int FIXED = 4;
    private static final int FOR_A_PAIR = 3;

    private final SharedLines lines;
    private final int cardLines;

    /** What rank 1 is to do. */
    enum Command {
        /** Leave. */
        LEAVE,
        /** A stretch of rounds. */
        ROUNDS,
        /** Probe the exchange of a line. */
        EXCHANGE,
        /** Probe a line there and back. */
        ROUND_TRIP
    }

    PairLines(long address, int pairs) {
        this.lines = new SharedLines(address);
        this.cardLines = cardLines(pairs);
    }

    private static int cardLines(int pairs) {
        return FIXED + FOR_A_PAIR * pairs;
    }

    /** Bytes that they take. */
    static long bytes(int pairs) {
        return (CARDS + 2L * cardLines(pairs)) * SharedLines.SPACING;
    }

    ExchangeProbe probe(int rank, LongConsumer check) {
        return new ExchangeProbe(lines, EXCHANGE, rank, check);
    }

    /** What rank 1 does after the next meeting. */
    void command(Command command) {
        lines.setRelease(COMMAND, command.ordinal());
    }

    Command command() {
        return Command.values()[(int) lines.getAcquire(COMMAND)];
    }

    void subject(VerbsPrimitive primitive, long bytes) {
        lines.setRelease(PRIMITIVE, primitive.ordinal());
        lines.setRelease(BYTES, bytes);
    }

    VerbsPrimitive primitive() {
        return VerbsPrimitive.values()[(int) lines.getAcquire(PRIMITIVE)];
    }

    int bytes() {
        return (int) lines.getAcquire(BYTES);
    }

    /** The round with which a stretch of ping-pongs ends, counted from 1; of the others, the number of the stretch that ends. */
    void last(long round) {
        lines.setRelease(LAST, round);
    }

    long last() {
        return lines.getAcquire(LAST);
    }

    void wrong(long bytes) {
        lines.setRelease(WRONG, bytes);
    }

    long wrong() {
        return lines.getAcquire(WRONG);
    }

    void card(int rank, int word, long value) {
        lines.setRelease(line(rank, word), value);
    }

    long card(int rank, int word) {
        return lines.getAcquire(line(rank, word));
    }

    private int line(int rank, int word) {
        return CARDS + rank * cardLines + word;
    }

    void number(int rank, int pair, long number, long psn) {
        card(rank, FIXED + FOR_A_PAIR * pair, number);
        card(rank, FIXED + FOR_A_PAIR * pair + 1, psn);
    }

    int number(int rank, int pair) {
        return (int) card(rank, FIXED + FOR_A_PAIR * pair);
    }

    int psn(int rank, int pair) {
        return (int) card(rank, FIXED + FOR_A_PAIR * pair + 1);
    }

    /** How many receives {@code rank} has posted to a queue pair so far. */
    void receives(int rank, int pair, long count) {
        card(rank, FIXED + FOR_A_PAIR * pair + 2, count);
    }

    long receives(int rank, int pair) {
        return card(rank, FIXED + FOR_A_PAIR * pair + 2);
    }
}
