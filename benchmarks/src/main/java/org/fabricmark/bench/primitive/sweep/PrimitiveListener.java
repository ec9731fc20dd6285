package org.fabricmark.bench.primitive.sweep;

import java.io.IOException;

/** Hears of a sweep of primitives as it goes on. Thread rule: rank 0's thread. */
public interface PrimitiveListener {
    /** Rows of another primitive begin. */
    void table(PrimitiveTest test) throws IOException;

    /** A row is measured. */
    void row(PrimitiveRow row) throws IOException;

    /** Work goes on; what is being done. */
    void progress(String text);
}
