package org.fabricmark.results.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

class RunFolderTest {
    @TempDir
    private Path temp;

    @Test
    void shouldSaveARunThatReadsBackAsItWas() throws IOException {
        Path folder = temp.resolve("a/b/c");
        RunFolder.prepare(folder).save(Samples.RUN, Samples.STORED.samples());
        assertEquals(List.of("run.env.json", "run.jmh.json", "run.samples.jsonl.gz"), names(folder));
        StoredRun stored = RunFolder.read(folder);
        assertEquals(Samples.RUN, stored.run());
        assertEquals(folder.toString(), stored.name());
        assertEquals(List.of(Samples.SHORT_LAUNCH, Samples.LONG_LAUNCH), stored.launches(Samples.FULL));
        assertEquals(List.of(), stored.launches(Samples.SPARSE));
    }

    @Test
    void shouldSaveNoFileOfSamplesWhereThereAreNone() throws IOException {
        RunFolder.prepare(temp).save(Samples.RUN);
        assertEquals(List.of("run.env.json", "run.jmh.json"), names(temp));
        assertEquals(List.of(), RunFolder.read(temp).launches(Samples.FULL));
    }

    @Test
    void shouldReadCasesThatSomebodyHasFormatted() throws IOException {
        RunFolder.prepare(temp).save(Samples.RUN);
        Path jmh = temp.resolve(RunFolder.JMH);
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(jmh, mapper.writeValueAsString(mapper.readTree(Files.readString(jmh))));
        assertEquals(Samples.RUN, RunFolder.read(temp).run());
    }

    @Test
    void shouldReadSeveralRunsInTheOrderOfTheirFolders() throws IOException {
        List<Path> folders = Stream.of("b", "a", "c").map(temp::resolve).toList();
        for (Path folder : folders) {
            RunFolder.prepare(folder).save(Samples.RUN);
        }
        assertEquals(folders.stream().map(Path::toString).toList(),
                RunFolder.readAll(folders).stream().map(StoredRun::name).toList());
    }

    @Test
    void shouldReadAnImportedRunAsItWas() throws IOException {
        CaseResult foreign = CaseResult.builder(Samples.PLAIN_KEY, 2, 1000, 1).algorithmSelected("unknown").timeUs(1.37)
                .conventions(new Conventions("mean", "average", "per-rank")).build();
        Run run = Run.of(Samples.RUN.startedAt(), new Origin(Origin.OSU, Optional.of("7.4")), List.of("osu_allreduce"),
                0, Environment.UNKNOWN, Optional.empty(), List.of(foreign));
        RunFolder.prepare(temp).save(run);
        assertEquals(run, RunFolder.read(temp).run());
    }

    @Test
    void shouldStillReadWhatOlderBuildsSaved() throws IOException {
        StoredRun old = RunFolder.read(Path.of("src/test/resources/org/fabricmark/results/stored/run-1"));
        assertEquals(16, old.run().cases().size());
        CaseResult first = old.run().cases().getFirst();
        assertEquals("collective=all-reduce transport=shm in_place=no bytes=8", first.key().canonicalName());
        assertEquals((0.107393617 + 0.104739583) / 2, first.timeUs(), 1e-12);
        assertEquals(797_308 + 868_512, first.calls());
        assertEquals(Origin.OURS, old.run().origin());
        assertEquals(List.of(), old.launches(first));
    }

    @Test
    void shouldSayWhichFolderHasNoRun() throws IOException {
        assertUnreadable("no run in '" + temp.resolve("x") + "': there is no such folder", temp.resolve("x"));
        assertUnreadable("no run in '" + temp + "': it has neither run.jmh.json nor the run.json of older builds",
                temp);
        Files.writeString(temp.resolve("run.env.json"), "{}");
        assertUnreadable("no run in '" + temp + "': it has no run.jmh.json, so its writer was stopped before the end",
                temp);
    }

    private static void assertUnreadable(String message, Path folder) {
        assertEquals(message, assertThrows(RunFormatException.class, () -> RunFolder.read(folder)).getMessage());
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
        String saved = Files.readString(folder.resolve("run.jmh.json"));
        Exception refusal = assertThrows(RunFolderException.class, () -> second.save(Samples.RUN));
        assertEquals("'" + folder + "' is not empty: name a folder that does not exist yet", refusal.getMessage());
        assertEquals(saved, Files.readString(folder.resolve("run.jmh.json")));
    }

    @Test
    void shouldRemoveTheFilesAndFoldersOfASaveThatFails() throws IOException {
        RunFolder folder = RunFolder.prepare(temp.resolve("a/b"));
        Map<String, WholeFile.Content> files = new LinkedHashMap<>();
        files.put("first", out -> out.write(bytes("whole")));
        files.put("second", out -> {
            out.write(bytes("half"));
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
            out.write(bytes("half"));
            out.flush();
            throw new IllegalStateException("broken");
        }));
        assertEquals(List.of(), names(temp));
    }

    @Test
    void shouldShowAFileOnlyWhenItIsWhole() throws IOException {
        Path file = temp.resolve("f");
        WholeFile.create(file, out -> {
            out.write(bytes("half"));
            out.flush();
            assertFalse(Files.exists(file));
            out.write(bytes(" and half"));
        });
        assertEquals("half and half", Files.readString(file));
        assertEquals(List.of("f"), names(temp));
    }

    @Test
    void shouldNeverReplaceAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("f"), "mine");
        assertThrows(FileAlreadyExistsException.class, () -> WholeFile.create(file, out -> out.write(bytes("other"))));
        assertEquals("mine", Files.readString(file));
        assertEquals(List.of("f"), names(temp));
    }

    @Test
    void shouldLetOnlyOneOfTwoWritersOfAFileWin() throws IOException {
        Path file = temp.resolve("f");
        WholeFile.create(file, out -> {
            out.write(bytes("first"));
            assertThrows(FileAlreadyExistsException.class,
                    () -> WholeFile.create(file, other -> other.write(bytes("second"))));
        });
        assertEquals("first", Files.readString(file));
        assertEquals(List.of("f"), names(temp));
    }

    private static void assertRefused(String message, Path folder) {
        assertEquals(message, assertThrows(RunFolderException.class, () -> RunFolder.prepare(folder)).getMessage());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
