package org.fabricmark.results.foreign;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Origin;

/** Reads one file of tables line by line, and collects its cells and what is said about those left out. */
abstract class TableReading {
    /** The file. */
    protected final ForeignText text;
    /** What the user says of it. */
    protected final Given given;

    private final List<ForeignCell> cells = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    TableReading(ForeignText text, Given given) {
        this.text = text;
        this.given = given;
    }

    /** All lines, in order. */
    final ForeignResults read() {
        for (int number = 0; number < text.lines().size(); number++) {
            line(text.lines().get(number), number);
        }
        return new ForeignResults(origin(), Environment.UNKNOWN, cells, remarks);
    }

    /** The next line, and its number from 0. */
    abstract void line(String line, int number);

    /** Who printed the file; asked after its last line. */
    abstract Origin origin();

    /** The row at line {@code number} holds this. Tables have no samples. */
    final void add(CaseResult result, int number) {
        cells.add(new ForeignCell(text.place(number), result, List.of()));
    }

    /** Something at line {@code number} is left out. */
    final void leaveOut(String what, int number) {
        remarks.add(text.place(number) + ": " + what + " is left out");
    }

    /** Nothing is moved by a call of 0 bytes, so it has no bandwidth and is no case. */
    final void leaveOutEmpty(int number) {
        leaveOut("a row of 0 bytes", number);
    }
}
