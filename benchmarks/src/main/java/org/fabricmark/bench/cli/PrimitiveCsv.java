package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.stream.Collectors;
import org.fabricmark.bench.primitive.sweep.PrimitiveRow;
import org.fabricmark.bench.primitive.sweep.PrimitiveTest;

/** One header line, then a line for each row as it is measured: no units, no blanks, absent numbers empty. */
final class PrimitiveCsv implements PrimitivePrinter {
    private static final MathContext DIGITS = new MathContext(6);

    private final PrintWriter out;
    private boolean begun;

    PrimitiveCsv(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void table(PrimitiveTest test) {
        // the lines of all tables form one list
    }

    @Override
    public void row(PrimitiveRow row) {
        Map<String, Object> fields = PrimitiveFields.of(row);
        if (!begun) {
            out.println(String.join(",", fields.keySet()));
            begun = true;
        }
        // No value has a comma or a quotation mark in it: names, options, numbers.
        out.println(fields.values().stream().map(PrimitiveCsv::text).collect(Collectors.joining(",")));
        out.flush();
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Boolean yes -> yes ? "yes" : "no";
            case Double number -> new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }

    @Override
    public void end() {
        out.flush();
    }
}
