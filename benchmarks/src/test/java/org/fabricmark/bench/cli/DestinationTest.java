package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fabricmark.results.format.RunIndex;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static void checkout(Path root) throws IOException {
        Files.createDirectories(root.resolve("results"));
        Files.createDirectories(root.resolve(".git/refs/heads"));
        Files.writeString(root.resolve("fabricmark"), "");
        Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(root.resolve(".git/refs/heads/main"), COMMIT + "\n");
    }

    @Test
    void shouldSaveNothingWhenToldSo() throws IOException {
        assertTrue(Destination.prepare("none", Path.of(""), NOON).isEmpty());
    }

    @Test
    void shouldNameTheTimeOutsideACheckout(@TempDir Path folder) throws IOException {
        assertEquals(Path.of("fabricmark-results/20260301-120000"), Destination.usual(folder, NOON));
    }

    @Test
    void shouldNameTimeAndCommitInACheckout(@TempDir Path root) throws IOException {
        checkout(root);
        assertEquals(Path.of("results/runs/20260301-120000-0123456789"), Destination.usual(root, NOON));
        assertEquals(Optional.of("main"), Checkout.around(root).orElseThrow().branch());
        assertEquals(Optional.empty(), Checkout.around(root).orElseThrow().dirty(), "that is no repository");
        Path below = Files.createDirectories(root.resolve("docs/help"));
        assertEquals(Path.of("../../results/runs/20260301-120000-0123456789"), Destination.usual(below, NOON));
    }

    @Test
    void shouldFindTheCommitWhereverGitKeepsIt(@TempDir Path root) throws IOException {
        checkout(root);
        Files.delete(root.resolve(".git/refs/heads/main"));
        assertEquals(Optional.empty(), Checkout.around(root).orElseThrow().commit());
        Files.writeString(root.resolve(".git/packed-refs"), "# pack-refs\n" + COMMIT + " refs/heads/main\n");
        assertEquals(Optional.of(COMMIT), Checkout.around(root).orElseThrow().commit());
        Files.writeString(root.resolve(".git/HEAD"), COMMIT + "\n");
        assertEquals(Optional.of("0123456789"), Checkout.around(root).orElseThrow().shortCommit());
        assertEquals(Optional.empty(), Checkout.around(root).orElseThrow().branch());
    }

    @Test
    void shouldFindTheCommitOfAWorkTreeOfItsOwn(@TempDir Path folder) throws IOException {
        Path main = folder.resolve("main");
        checkout(main);
        Path git = Files.createDirectories(main.resolve(".git/worktrees/second"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("commondir"), "../..\n");
        Path second = folder.resolve("second");
        Files.createDirectories(second.resolve("results"));
        Files.writeString(second.resolve("fabricmark"), "");
        Files.writeString(second.resolve(".git"), "gitdir: " + git + "\n");
        assertEquals(Optional.of(COMMIT), Checkout.around(second).orElseThrow().commit());
    }

    @Test
    void shouldListARunWhereItsResultsFolderIs(@TempDir Path folder) throws IOException {
        checkout(folder);
        assertEquals(Optional.of(folder.resolve("results")), Destination.results(folder.resolve("results/runs/a")));
        assertEquals(Optional.empty(), Destination.results(folder.resolve("results/baselines/a")));
        assertEquals(Optional.empty(), Destination.results(folder.resolve("elsewhere/a")));
        Path made = folder.resolve("fabricmark-results");
        assertEquals(Optional.of(made), Destination.results(made.resolve("a")));
    }

    @Test
    void shouldAddALineToTheIndex(@TempDir Path folder) throws IOException {
        Path results = folder.resolve("fabricmark-results");
        Destination destination = Destination.prepare(results.resolve("a").toString(), folder, NOON).orElseThrow();
        Run run = Run.of(NOON, List.of(), 1, Environment.UNKNOWN, Optional.empty(), List.of());
        assertEquals(Optional.empty(), destination.save(run, SampleSource.NONE));
        assertEquals(List.of("a"), new RunIndex(results).read().stream().map(RunIndex.Entry::folder).toList());
    }
}
