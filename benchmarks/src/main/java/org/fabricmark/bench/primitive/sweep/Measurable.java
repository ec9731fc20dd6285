package org.fabricmark.bench.primitive.sweep;

import org.fabricmark.bench.primitive.LedPrimitive;
import org.fabricmark.bench.primitive.Primitive;
import org.fabricmark.bench.primitive.verbs.LedVerbs;
import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;

/** Rounds of one primitive of one size, whichever kind it is of. Thread rule: rank 0's thread. */
interface Measurable {
    /** Lets rank 1 go. */
    void begin();

    /** One round of {@link #operations} operations. */
    void round();

    /** Ends the rounds and checks the data. @return how much is wrong */
    long end();

    /** Operations in a round. */
    int operations();

    /** The exchange of a line, in nanoseconds. */
    double exchangeNanos();

    /** A line there and back, in nanoseconds. */
    double roundTripNanos();

    /** A copy of as many bytes, in nanoseconds. */
    double copyNanos();

    /** Of verbs. */
    record OfVerbs(LedVerbs led, VerbsPrimitive primitive, int bytes) implements Measurable {
        @Override
        public void begin() {
            led.begin(primitive, bytes);
        }

        @Override
        public void round() {
            led.round();
        }

        @Override
        public long end() {
            return led.end();
        }

        @Override
        public int operations() {
            return primitive.pattern().operations();
        }

        @Override
        public double exchangeNanos() {
            return led.exchangeNanos();
        }

        @Override
        public double roundTripNanos() {
            return led.roundTripNanos();
        }

        @Override
        public double copyNanos() {
            return led.copyNanos(bytes);
        }
    }

    /** Of a transport. */
    record OfTransport(LedPrimitive led, Primitive primitive) implements Measurable {
        @Override
        public void begin() {
            led.begin();
        }

        @Override
        public void round() {
            led.round();
        }

        @Override
        public long end() {
            return led.end();
        }

        @Override
        public int operations() {
            return primitive.operations();
        }

        @Override
        public double exchangeNanos() {
            return led.exchangeNanos();
        }

        @Override
        public double roundTripNanos() {
            return led.roundTripNanos();
        }

        @Override
        public double copyNanos() {
            return led.copyNanos();
        }
    }
}
