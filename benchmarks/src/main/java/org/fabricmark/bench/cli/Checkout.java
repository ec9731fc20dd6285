package org.fabricmark.bench.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A checkout of this program's sources, as far as it matters to results: where it is and at which commit. Read from Git's files,
 * because starting Git takes longer than the rest; only {@link #dirty} does that.
 *
 * @param root its top folder
 * @param commit the commit that is checked out; empty in a repository without one
 * @param branch the branch that it is on; empty if it is on none
 */
record Checkout(Path root, Optional<String> commit, Optional<String> branch) {
    private static final int SHORT = 10;
    private static final int GIT_SECONDS = 2;
    private static final String REF = "ref: ";
    private static final String GIT = ".git";

    /** The checkout that {@code folder} lies in. */
    static Optional<Checkout> around(Path folder) throws IOException {
        for (Path root = folder.toAbsolutePath(); root != null; root = root.getParent()) {
            if (Files.exists(root.resolve(GIT)) && Files.exists(root.resolve("fabricmark"))
                    && Files.isDirectory(root.resolve("results"))) {
                return Optional.of(new Checkout(root, commitOf(root), branchOf(root)));
            }
        }
        return Optional.empty();
    }

    /** The first characters of the commit, enough to name it. */
    Optional<String> shortCommit() {
        return commit.map(full -> full.substring(0, Math.min(SHORT, full.length())));
    }

    private static Path gitOf(Path root) throws IOException {
        Path git = root.resolve(GIT);
        return Files.isRegularFile(git) // a work tree of its own names its folder
                ? root.resolve(text(git).replaceFirst("gitdir: ", ""))
                : git;
    }

    private static Optional<String> branchOf(Path root) throws IOException {
        Path head = gitOf(root).resolve("HEAD");
        String heads = REF + "refs/heads/";
        return Files.exists(head) && text(head).startsWith(heads)
                ? Optional.of(text(head).substring(heads.length()))
                : Optional.empty();
    }

    /**
     * Whether there are changes that the commit does not have. Only Git can tell; empty where it is not installed, or takes longer
     * than anybody would wait for this.
     */
    Optional<Boolean> dirty() throws IOException {
        Process git;
        try {
            git = new ProcessBuilder("git", "-C", root.toString(), "status", "--porcelain", "--untracked-files=no")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
        try {
            git.getOutputStream().close();
            boolean changes = git.getInputStream().read() >= 0;
            git.getInputStream().transferTo(OutputStream.nullOutputStream());
            return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? Optional.of(changes)
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            git.destroy();
        }
    }

    private static Optional<String> commitOf(Path root) throws IOException {
        Path git = gitOf(root);
        if (!Files.exists(git.resolve("HEAD"))) {
            return Optional.empty();
        }
        String head = text(git.resolve("HEAD"));
        if (!head.startsWith(REF)) {
            return Optional.of(head);
        }
        String name = head.substring(REF.length());
        Path shared = Files.exists(git.resolve("commondir")) ? git.resolve(text(git.resolve("commondir"))) : git;
        if (Files.exists(shared.resolve(name))) {
            return Optional.of(text(shared.resolve(name)));
        }
        Path packed = shared.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(packed, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.endsWith(" " + name)).map(line -> line.split(" ")[0]).findFirst();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }
}
