package org.fabricmark.results.format;

import java.io.Serializable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.util.MinimalPrettyPrinter;

/**
 * One line for each field of the outermost object, and one for each element of the array {@value #ONE_LINE_EACH}; or,
 * of an array of objects, one line for each of them.
 */
final class LineLayout extends MinimalPrettyPrinter implements Serializable {
    static final String ONE_LINE_EACH = "cases";

    private static final long serialVersionUID = 1L;

    private final boolean array;

    /** Of an object. */
    LineLayout() {
        this(false);
    }

    private LineLayout(boolean array) {
        this.array = array;
    }

    /** Of an array of objects. */
    static LineLayout ofObjects() {
        return new LineLayout(true);
    }

    @Override
    public void beforeObjectEntries(JsonGenerator json) {
        breakLine(json);
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator json) {
        json.writeRaw(',');
        breakLine(json);
    }

    @Override
    public void writeEndObject(JsonGenerator json, int entries) {
        if (!array && json.streamWriteContext().getParent().inRoot()) {
            json.writeRaw('\n');
        }
        json.writeRaw('}');
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) {
        breakLine(json);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) {
        json.writeRaw(',');
        breakLine(json);
    }

    /** Ends the line if what follows is a field of the outermost object or a case. */
    private void breakLine(JsonGenerator json) {
        TokenStreamContext here = json.streamWriteContext();
        TokenStreamContext around = here.getParent();
        if (array) {
            if (here.inArray() && around.inRoot()) {
                json.writeRaw('\n');
            }
            return;
        }
        boolean field = here.inObject() && around.inRoot();
        boolean element = here.inArray() && around.getParent().inRoot() && ONE_LINE_EACH.equals(around.currentName());
        if (field || element) {
            json.writeRaw('\n');
        }
    }
}
