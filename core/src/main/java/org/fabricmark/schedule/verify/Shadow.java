package org.fabricmark.schedule.verify;

import java.util.Arrays;

/**
 * What is known about one buffer: for each interval its value, its last write, and the reads since then. Reads split
 * intervals where they begin and end; a write replaces what it covers.
 */
final class Shadow {
    /** Tells of a conflict without an order; {@code start} and {@code end} bound the elements concerned. */
    interface Conflict {
        void with(long access, boolean isWrite, long start, long end);
    }

    /** Decides whether an earlier access is over. */
    interface Order {
        boolean over(long access);
    }

    private static final class Cell {
        private final long start;
        private final int value;
        private final long element;
        private final long write;
        private long[] reads;
        private int readers;

        Cell(long start, int value, long element, long write, long[] reads, int readers) {
            this.start = start;
            this.value = value;
            this.element = element;
            this.write = write;
            this.reads = reads;
            this.readers = readers;
        }

        Cell from(long at) {
            return new Cell(at, value, element + at - start, write, readers == 0 ? NO_READS : reads.clone(), readers);
        }

        void addRead(long access) {
            for (int i = 0; i < readers; i++) {
                if (Accesses.sameChannel(reads[i], access)) {
                    reads[i] = access;
                    return;
                }
            }
            if (readers == reads.length) {
                reads = Arrays.copyOf(reads, Math.max(1, 2 * readers));
            }
            reads[readers++] = access;
        }
    }

    private static final long[] NO_READS = {};

    /** The access that nobody has to wait for: time 0 of actor 0. */
    private static final long NEVER = 0;

    private final long length;
    private Cell[] cells = new Cell[4];
    private int size;

    /** A buffer of {@code length} undefined elements. */
    Shadow(long length) {
        this.length = length;
        cells[size++] = new Cell(0, Values.UNDEFINED, 0, NEVER, NO_READS, 0);
    }

    long length() {
        return length;
    }

    /** Reads [start, end), reports writes that are not over, and returns the values. */
    Strip read(long start, long end, long access, Order order, Conflict conflict) {
        Strip strip = new Strip();
        split(end);
        for (int i = split(start); i < size && cells[i].start < end; i++) {
            Cell cell = cells[i];
            if (!order.over(cell.write)) {
                conflict.with(cell.write, true, cell.start, endOf(i));
            }
            cell.addRead(access);
            strip.append(cell.value, cell.element, endOf(i) - cell.start);
        }
        return strip;
    }

    /** Writes {@code strip} at {@code start} and reports reads and writes there that are not over. */
    void write(long start, Strip strip, long access, Order order, Conflict conflict) {
        long end = start + strip.length();
        split(end);
        int first = split(start);
        int last = indexOf(end);
        for (int i = first; i < last; i++) {
            Cell cell = cells[i];
            if (!order.over(cell.write)) {
                conflict.with(cell.write, true, cell.start, endOf(i));
            }
            for (int r = 0; r < cell.readers; r++) {
                if (!order.over(cell.reads[r])) {
                    conflict.with(cell.reads[r], false, cell.start, endOf(i));
                }
            }
        }
        replace(first, last, start, strip, access);
    }

    private void replace(int first, int last, long start, Strip strip, long access) {
        int grown = size - (last - first) + strip.size();
        if (grown > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(grown, 2 * cells.length));
        }
        System.arraycopy(cells, last, cells, first + strip.size(), size - last);
        for (int i = 0; i < strip.size(); i++) {
            cells[first + i] =
                    new Cell(start + strip.start(i), strip.value(i), strip.element(i), access, NO_READS, 0);
        }
        if (grown < size) {
            Arrays.fill(cells, grown, size, null);
        }
        size = grown;
    }

    private long endOf(int index) {
        return index + 1 < size ? cells[index + 1].start : length;
    }

    /** Index of the cell that begins at {@code at}, made if there is none; the number of cells when {@code at} is the end. */
    private int split(long at) {
        if (at == length) {
            return size;
        }
        int index = indexOf(at);
        if (index < size && cells[index].start == at) {
            return index;
        }
        if (size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * size);
        }
        System.arraycopy(cells, index, cells, index + 1, size - index);
        cells[index] = cells[index - 1].from(at);
        size++;
        return index;
    }

    /** Index of the first cell that begins at or behind {@code at}. */
    private int indexOf(long at) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cells[middle].start < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
