package org.fabricmark.results.format;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.fabricmark.results.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

class RunFolderTest {
    @TempDir
    private Path temp;

    @Test
    void shouldSaveARunThatReadsBackAsItWas() throws IOException {
        RunFolder folder = RunFolder.prepare(temp.resolve("a/b/c"));
        folder.save(Samples.RUN);
        assertEquals(List.of("run.csv", "run.json"), names(temp.resolve("a/b/c")));
        assertEquals(Samples.RUN, JsonFormat.read(folder.path().resolve("run.json")));
        assertEquals(Samples.RUN.cases(), CsvFormat.read(folder.path().resolve("run.csv")));
    }

    @Test
    void shouldReadARunByItsFolder() throws IOException {
        RunFolder.prepare(temp.resolve("run")).save(Samples.RUN);
        assertEquals(Samples.RUN, RunFolder.read(temp.resolve("run")).run());
        assertEquals(temp.resolve("run").toString(), RunFolder.read(temp.resolve("run")).name());
    }

    @Test
    void shouldSayWhichFolderHasNoRun() {
        assertEquals("no run in '" + temp.resolve("x") + "': there is no such folder",
                assertThrows(RunFolderException.class, () -> RunFolder.read(temp.resolve("x"))).getMessage());
        assertEquals("no run in '" + temp + "': it has no run.json",
                assertThrows(RunFolderException.class, () -> RunFolder.read(temp)).getMessage());
    }

    @Test
    void shouldSaveIntoAnExistingEmptyFolder() throws IOException {
        RunFolder.prepare(temp).save(Samples.RUN);
        assertEquals(List.of("run.csv", "run.json"), names(temp));
    }

    @Test
    void shouldLeaveNothingBehindWhenPreparing() throws IOException {
        RunFolder.prepare(temp.resolve("a/b"));
        assertEquals(List.of(), names(temp));
    }

    @Test
    void shouldRefuseAFolderThatIsNotEmpty() throws IOException {
        Files.writeString(temp.resolve("notes"), "mine");
        assertRefused("'" + temp + "' is not empty: name a folder that does not exist yet", temp);
        assertEquals(List.of("notes"), names(temp));
    }

    @Test
    void shouldRefuseAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("notes"), "mine");
        assertRefused("'" + file + "' is a file: name a folder that does not exist yet", file);
        assertEquals("mine", Files.readString(file));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseAFolderBelowAFile() throws IOException {
        Path below = Files.writeString(temp.resolve("notes"), "mine").resolve("run");
        assertRefused("cannot save results in '" + below + "': Not a directory", below);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseAPlaceWhereNobodyCanWrite() {
        Path place = Path.of("/proc/fabricmark/run");
        assertRefused("cannot save results in '/proc/fabricmark/run': no folder can be made there", place);
    }

    @Test
    void shouldNotOverwriteWhatCameAfterPreparing() throws IOException {
        Path folder = temp.resolve("run");
        RunFolder first = RunFolder.prepare(folder);
        RunFolder second = RunFolder.prepare(folder);
        first.save(Samples.RUN);
        String saved = Files.readString(folder.resolve("run.json"));
        Exception refusal = assertThrows(RunFolderException.class, () -> second.save(Samples.RUN));
        assertEquals("'" + folder + "' is not empty: name a folder that does not exist yet", refusal.getMessage());
        assertEquals(saved, Files.readString(folder.resolve("run.json")));
    }

    @Test
    void shouldRemoveTheFilesAndFoldersOfASaveThatFails() throws IOException {
        RunFolder folder = RunFolder.prepare(temp.resolve("a/b"));
        Map<String, WholeFile.Content> files = new LinkedHashMap<>();
        files.put("first", out -> out.write("whole"));
        files.put("second", out -> {
            out.write("half");
            out.flush();
            throw new IOException("disk full");
        });
        Exception failure = assertThrows(RunFolderException.class, () -> folder.save(files));
        assertEquals("cannot save results in '" + temp.resolve("a/b") + "': disk full", failure.getMessage());
        assertEquals(List.of(), names(temp));
    }

    @Test
    void shouldLeaveNoPartOfAFileWhoseWriterFails() throws IOException {
        assertThrows(IllegalStateException.class, () -> WholeFile.create(temp.resolve("f"), out -> {
            out.write("half");
            out.flush();
            throw new IllegalStateException("broken");
        }));
        assertEquals(List.of(), names(temp));
    }

    @Test
    void shouldShowAFileOnlyWhenItIsWhole() throws IOException {
        Path file = temp.resolve("f");
        WholeFile.create(file, out -> {
            out.write("half");
            out.flush();
            assertFalse(Files.exists(file));
            out.write(" and half");
        });
        assertEquals("half and half", Files.readString(file));
        assertEquals(List.of("f"), names(temp));
    }

    @Test
    void shouldNeverReplaceAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("f"), "mine");
        assertThrows(FileAlreadyExistsException.class, () -> WholeFile.create(file, out -> out.write("other")));
        assertEquals("mine", Files.readString(file));
        assertEquals(List.of("f"), names(temp));
    }

    @Test
    void shouldLetOnlyOneOfTwoWritersOfAFileWin() throws IOException {
        Path file = temp.resolve("f");
        WholeFile.create(file, out -> {
            out.write("first");
            assertThrows(FileAlreadyExistsException.class,
                    () -> WholeFile.create(file, other -> other.write("second")));
        });
        assertEquals("first", Files.readString(file));
        assertEquals(List.of("f"), names(temp));
    }

    private static void assertRefused(String message, Path folder) {
        assertEquals(message, assertThrows(RunFolderException.class, () -> RunFolder.prepare(folder)).getMessage());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
