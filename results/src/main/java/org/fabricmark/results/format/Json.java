package org.fabricmark.results.format;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the library is set up, and its failures in one line without its own words for our classes. */
final class Json {
    /** Only components of records are fields; what a record computes from them is not. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE))
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE).addModule(PlainNumbers.module()).build();

    private Json() {}

    /** Whether a field is not there or says that nothing is known. */
    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /**
     * Refuses a file of a newer form.
     *
     * @param object what must have the field {@code schemaVersion}
     * @param newest the newest version that this build reads
     * @param source what errors call the object
     * @param what what it should be: {@code a run}
     */
    static void requireVersion(JsonNode object, int newest, String source, String what) {
        JsonNode version = object.path("schemaVersion");
        if (!version.isInt()) {
            throw new RunFormatException(source + " is not " + what + ": it has no whole number 'schemaVersion'");
        }
        requireVersion(version.intValue(), newest, source);
    }

    /** Refuses a newer form. */
    static void requireVersion(int version, int newest, String source) {
        if (version < 1) {
            throw new RunFormatException(source + ": schemaVersion " + version + " is not from 1 to " + newest);
        }
        if (version > newest) {
            throw new RunFormatException(source + " has schemaVersion " + version + "; this build reads up to "
                    + newest + ": use the build that wrote it, or a newer one");
        }
    }

    /** A failure to read {@code source}, in one line. */
    static RunFormatException failure(String source, JacksonException notJson) {
        return new RunFormatException(source + " cannot be read: " + reason(notJson) + place(notJson), notJson);
    }

    /** What the library says, without the names of our classes and of the library's settings. */
    private static String reason(JacksonException failure) {
        String reason = RunFormatException.firstLine(failure.getOriginalMessage());
        int problem = reason.indexOf(", problem: ");
        if (problem >= 0) {
            reason = reason.substring(problem + ", problem: ".length());
        }
        for (String internals : List.of(" (start marker at", " for `ObjectNode`", " (for Object starting at")) {
            int at = reason.indexOf(internals);
            reason = at < 0 ? reason : reason.substring(0, at);
        }
        return reason;
    }

    private static String place(JacksonException failure) {
        TokenStreamLocation at = failure.getLocation();
        if (at != null && at.getLineNr() >= 0) {
            return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        }
        String path = failure.getPath().stream().map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull).collect(Collectors.joining("."));
        return path.isEmpty() ? "" : " (in " + path + ")";
    }
}
