package org.fabricmark.results.foreign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.fabricmark.results.format.RunFormatException;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.StoredRun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Imports of the files in the tests' resources, and of files that must be refused. */
final class Imports {
    static final Path FILES = Path.of("src/test/resources/org/fabricmark/results/foreign");
    static final Given TWO_RANKS = new Given(Map.of(CasePart.RANKS, "2"));

    private Imports() {}

    static StoredRun read(Given given, String name) throws IOException {
        return new Importer(Importer.AUTO, given, false).read(List.of(FILES.resolve(name)), List.of("import", name));
    }

    static List<String> names(StoredRun run) {
        return run.run().cases().stream().map(each -> each.key().canonicalName()).toList();
    }

    static void assertRefused(String end, Given given, Path... files) {
        Exception refusal = assertThrows(RunFormatException.class,
                () -> new Importer(Importer.AUTO, given, false).read(List.of(files), List.of()));
        assertEquals(1, refusal.getMessage().lines().count());
        assertTrue(refusal.getMessage().endsWith(end), refusal.getMessage() + "\n  is not\n" + end);
    }
}
