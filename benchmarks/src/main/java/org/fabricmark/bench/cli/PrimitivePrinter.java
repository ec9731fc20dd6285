package org.fabricmark.bench.cli;

import java.io.IOException;
import org.fabricmark.bench.primitive.sweep.PrimitiveRow;
import org.fabricmark.bench.primitive.sweep.PrimitiveTest;

/** Writes what primitives have given to stdout in one form. Calls come one after the other. */
interface PrimitivePrinter {
    /** Rows of another primitive begin. */
    void table(PrimitiveTest test) throws IOException;

    /** A row is measured. */
    void row(PrimitiveRow row) throws IOException;

    /** All are. */
    void end() throws IOException;
}
