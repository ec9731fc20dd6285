package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabricmark.bench.primitive.sweep.PrimitiveRow;
import org.fabricmark.bench.primitive.sweep.PrimitiveTest;

/** One object, when everything is measured. */
final class PrimitiveJson implements PrimitivePrinter {
    private static final int SCHEMA = 1;

    private final PrintWriter out;
    private final String machine;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** @param machine in one line */
    PrimitiveJson(PrintWriter out, String machine) {
        this.out = out;
        this.machine = machine;
    }

    @Override
    public void table(PrimitiveTest test) {
        // all rows form one list
    }

    @Override
    public void row(PrimitiveRow row) {
        rows.add(PrimitiveFields.of(row));
    }

    @Override
    public void end() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schemaVersion", SCHEMA);
        all.put("fabricmark", Version.current());
        all.put("machine", machine);
        all.put("primitives", rows);
        JsonText.print(all, out);
    }
}
