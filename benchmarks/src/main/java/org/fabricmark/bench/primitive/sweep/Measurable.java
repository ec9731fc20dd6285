package org.fabricmark.bench.primitive.sweep;

import org.fabricmark.bench.primitive.LedPair;
import org.fabricmark.bench.primitive.LedPrimitive;
import org.fabricmark.bench.primitive.Primitive;
import org.fabricmark.bench.primitive.verbs.LedVerbs;
import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;

/** Rounds of one primitive of one size, whichever kind it is of. Thread rule: rank 0's thread. */
interface Measurable {
    /** Who makes the rounds. */
    LedPair<?> led();

    /** Lets rank 1 go. */
    void begin();

    /** One round of {@link #operations} operations. */
    default void round() {
        led().round();
    }

    /** Ends the rounds and checks the data. @return how much is wrong */
    long end();

    /** Operations in a round. */
    int operations();

    /** The exchange of a line, in nanoseconds. */
    default double exchangeNanos() {
        return led().exchangeNanos();
    }

    /** A line there and back, in nanoseconds. */
    default double roundTripNanos() {
        return led().roundTripNanos();
    }

    /** A copy of as many bytes, in nanoseconds. */
    double copyNanos();

    /** Of verbs. */
    record OfVerbs(LedVerbs led, VerbsPrimitive primitive, int bytes) implements Measurable {
        @Override
        public void begin() {
            led.begin(primitive, bytes);
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
        public long end() {
            return led.end();
        }

        @Override
        public int operations() {
            return primitive.operations();
        }

        @Override
        public double copyNanos() {
            return led.copyNanos();
        }
    }
}
