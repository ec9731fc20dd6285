package org.fabricmark.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every link, path, class and command line that a Markdown file names must exist. */
class DocumentationTest {
    private static final Path ROOT = root();
    private static final List<MarkdownFile> FILES = MarkdownFile.allUnder(ROOT);
    private static final Pattern PATH = Pattern.compile("\\.?[\\w-][\\w.-]*(/[\\w.-]+)+/?");
    private static final Pattern MADE_LATER = Pattern.compile("([\\w-]+/)?target(/.*)?|results/runs(/.*)?");
    private static final Pattern TYPE_OR_PACKAGE = Pattern.compile("org\\.fabricmark(\\.\\w+)+");
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w+)#(should\\w+)");
    private static final Pattern SCRIPT_CASE = Pattern.compile("(check-\\w+): (.+)");
    /** In a comment of a page: in which packages the types are that it names without one. */
    private static final Pattern TYPES_OF = Pattern.compile("<!-- types of ([\\w. ]+) -->");
    private static final Pattern TYPE_OR_MEMBER = Pattern.compile("([A-Z]+[a-z]\\w*)((\\.\\w+)*)");
    /** A code block that is a part of a source file. */
    private static final Pattern SOURCE = Pattern.compile("(?ms)^<!-- source (\\S+) -->\\n```\\w*\\n(.*?)^```");
    private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");
    private static final List<String> MODULES = List.of("core", "results", "transports", "benchmarks");

    @Test
    void shouldLinkOnlyToWhatExists() {
        assertNothingWrong((file, problems) -> {
            for (String link : file.links()) {
                if (!link.matches("[a-z]+:.*")) {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty() ? file.path() : file.path().resolveSibling(parts[0]).normalize();
                    if (!Files.exists(target)) {
                        problems.add("nothing at link " + link);
                    } else if (parts.length == 2 && !anchorsOf(target).contains(parts[1])) {
                        problems.add("no such heading: " + link);
                    }
                }
            }
        });
    }

    @Test
    void shouldNameOnlyPathsThatExist() {
        assertNothingWrong((file, problems) -> {
            for (String span : file.codeSpans()) {
                boolean ours = PATH.matcher(span).matches() && Files.exists(ROOT.resolve(span.split("/")[0]));
                if (ours && !MADE_LATER.matcher(span).matches() && !Files.exists(ROOT.resolve(span))) {
                    problems.add("no such path: " + span);
                }
            }
        });
    }

    @Test
    void shouldNameOnlyTypesAndPackagesThatExist() {
        assertNothingWrong((file, problems) -> {
            for (String span : file.codeSpans()) {
                String name = span.replaceFirst("#.*", "");
                if (TYPE_OR_PACKAGE.matcher(name).matches() && !isPackage(name) && !isType(name)) {
                    problems.add("no such type or package: " + span);
                }
            }
        });
    }

    @Test
    void shouldNameOnlyTypesAndMembersThatExistInThePackagesOfAPage() {
        assertNothingWrong((file, problems) -> {
            Matcher packages = TYPES_OF.matcher(file.text());
            if (packages.find()) {
                String[] places = packages.group(1).split(" ");
                for (String span : file.codeSpans()) {
                    Matcher name = TYPE_OR_MEMBER.matcher(span);
                    if (name.matches() && !isTypeWithMembers(places, name.group(1), name.group(2))) {
                        problems.add("no such type or member: " + span);
                    }
                }
            }
        });
    }

    @Test
    void shouldUseOnlyCommandsAndOptionsThatExist() throws ReflectiveOperationException {
        Optional<CommandModel> model = CommandModel.ofProgram();
        assumeTrue(model.isPresent(), "the main class offers no command model yet");
        assertNothingWrong((file, problems) -> file.commandLines("./fabricmark")
                .forEach(line -> model.get().problems(line).forEach(problem -> problems.add(problem + ": " + line))));
    }

    @Test
    void shouldShowSourcesAsTheyAre() {
        assertNothingWrong((file, problems) -> SOURCE.matcher(file.text()).results()
                .filter(block -> !withoutIndents(read(ROOT.resolve(block.group(1))))
                        .contains(withoutIndents(block.group(2))))
                .forEach(block -> problems.add("another text than in " + block.group(1))));
    }

    @Test
    void shouldUseOnlyMavenProfilesThatExist() throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        assertNothingWrong((file, problems) -> file.commandLines("mvn").stream()
                .flatMap(line -> PROFILE.matcher(line).results()).map(found -> found.group(1))
                .filter(profile -> !parent.contains("<id>" + profile + "</id>"))
                .forEach(profile -> problems.add("no Maven profile " + profile)));
    }

    @Test
    void shouldNameOnlyTestsThatExist() {
        assertNothingWrong((file, problems) -> {
            for (String span : file.codeSpans()) {
                Matcher test = TEST.matcher(span);
                if (test.matches()
                        && sourcesOf(test.group(1)).noneMatch(source -> source.contains(test.group(2) + "("))) {
                    problems.add("no such test: " + span);
                }
            }
        });
    }

    @Test
    void shouldNameOnlyCasesOfScriptsThatExist() {
        assertNothingWrong((file, problems) -> {
            for (String span : file.codeSpans()) {
                Matcher scriptCase = SCRIPT_CASE.matcher(span);
                if (scriptCase.matches() && !read(ROOT.resolve(".ci").resolve(scriptCase.group(1)))
                        .contains("'" + scriptCase.group(2) + "'")) {
                    problems.add("no such case: " + span);
                }
            }
        });
    }

    @Test
    void shouldShowEveryPackageOrItsParentOnTheMap() throws IOException {
        String map = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        List<String> missing = new ArrayList<>();
        for (String module : MODULES) {
            Path sources = ROOT.resolve(module).resolve("src/main/java/org/fabricmark");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(path -> path.endsWith("package-info.java"))
                        .map(path -> sources.relativize(path.getParent()).toString().replace(File.separatorChar, '.'))
                        .map(name -> module.equals("core") ? name // whose packages are on the map by their full names
                                : name.replaceFirst("^(bench|results|transport)\\.", ""))
                        .filter(name -> !isOnMap(name, map) && !isOnMap(name.replaceFirst("\\.\\w+$", ""), map))
                        .forEach(missing::add);
            }
        }
        assertEquals(List.of(), missing, "packages without a line in the code map of ARCHITECTURE.md");
    }

    @Test
    void shouldFindUnknownCommandsAndOptionsInACommandLine() {
        @Command(name = "program")
        class Program {
            @Command
            void perf(@Option(names = {"-b", "--min-bytes"}) String bytes) {}
        }
        CommandModel model = new CommandModel(new CommandLine(new Program()));
        assertEquals(List.of(), model.problems("./fabricmark perf -b 8 --min-bytes=1K | tee -a log # --comment"));
        assertEquals(List.of(), model.problems("./fabricmark perf -- -prof gc"));
        assertEquals(List.of("no command 'pref'"), model.problems("./fabricmark pref -b 8"));
        assertEquals(List.of("'perf' has no option --max"), model.problems("./fabricmark perf -b8 --max 9"));
    }

    @Test
    void shouldFindLinksCodeAndCommandsInAFile() {
        var file = new MarkdownFile(Path.of("x.md"), """
                # A heading, with `code`
                See [here](a/b.md#c) and `core/pom.xml`, run `./fabricmark perf`.
                ```
                ./fabricmark verify --ranks 2
                [no](link)
                ```
                """);
        assertEquals(List.of("a/b.md#c"), file.links());
        assertEquals(List.of("code", "core/pom.xml", "./fabricmark perf"), file.codeSpans());
        assertEquals(List.of("./fabricmark perf", "./fabricmark verify --ranks 2"), file.commandLines("./fabricmark"));
        assertEquals(List.of("a-heading-with-code"), file.anchors());
    }

    private static void assertNothingWrong(BiConsumer<MarkdownFile, List<String>> check) {
        assertFalse(FILES.isEmpty(), "no Markdown files under " + ROOT);
        List<String> all = new ArrayList<>();
        for (MarkdownFile file : FILES) {
            List<String> problems = new ArrayList<>();
            check.accept(file, problems);
            problems.forEach(problem -> all.add(ROOT.relativize(file.path()) + ": " + problem));
        }
        assertEquals(List.of(), all);
    }

    /** The map has a line for each package: its name below its module's root, blanks, and what it is. */
    private static boolean isOnMap(String name, String map) {
        return Pattern.compile("(?m)^" + Pattern.quote(name) + " {2,}\\w").matcher(map).find();
    }

    private static List<String> anchorsOf(Path target) {
        return FILES.stream().filter(file -> file.path().equals(target)).flatMap(file -> file.anchors().stream())
                .toList();
    }

    private static boolean isPackage(String name) {
        String folder = name.replace('.', '/');
        return MODULES.stream().anyMatch(module -> Files.isDirectory(ROOT.resolve(module + "/src/main/java/" + folder))
                || Files.isDirectory(ROOT.resolve(module + "/src/test/java/" + folder)));
    }

    /** Looks for sources and not for classes, because the tests of other modules are not on this class path. */
    private static boolean isType(String name) {
        String file = name.replaceFirst("(\\.[A-Z]\\w*).*", "$1").replace('.', '/') + ".java";
        return MODULES.stream().anyMatch(module -> Files.exists(ROOT.resolve(module + "/src/main/java/" + file))
                || Files.exists(ROOT.resolve(module + "/src/test/java/" + file)));
    }

    private static String withoutIndents(String source) {
        return source.replaceAll("(?m)^ +", "");
    }

    /** Whether the source of {@code type}, in one of the packages, names all of {@code members}: {@code .Type.COMM_EST}. */
    private static boolean isTypeWithMembers(String[] packages, String type, String members) {
        return Arrays.stream(packages).map(name -> name.replace('.', '/') + "/" + type + ".java")
                .flatMap(file -> MODULES.stream().map(module -> ROOT.resolve(module + "/src/main/java/" + file)))
                .filter(Files::exists).map(DocumentationTest::read)
                .anyMatch(source -> Arrays.stream(members.split("\\."))
                        .allMatch(member -> Pattern.compile("\\b" + member + "\\b").matcher(source).find()));
    }

    /** Sources of tests by the name of their class, wherever it is. */
    private static Stream<String> sourcesOf(String type) {
        return MODULES.stream().map(module -> ROOT.resolve(module + "/src/test/java")).filter(Files::isDirectory)
                .flatMap(DocumentationTest::walk)
                .filter(path -> path.endsWith(type + ".java"))
                .map(DocumentationTest::read);
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("fabricmark"))) {
            folder = folder.getParent();
        }
        assertTrue(folder != null, "no checkout around " + Path.of("").toAbsolutePath());
        return folder;
    }
}
