package org.fabricmark.bench.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** States with ranks that reach each other over any transport. */
@State(Scope.Benchmark)
public abstract class OverTransport extends RankedState {
    /** Transport. */
    @Param("shm")
    public String transport;
}
