package org.fabricmark.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.util.Arrays;
import java.util.Set;
import org.fabricmark.system.CLibrary;
import org.junit.jupiter.api.Test;

/** Who may know whom. Each rule is an invariant of ARCHITECTURE.md. */
class PackageRulesTest {
    private static final String OURS = "org.fabricmark..";
    /** What is computed and in which steps. The package {@code simulation} comes later; the rule waits for it. */
    private static final String[] PURE = {"org.fabricmark.collective..", "org.fabricmark.schedule..",
        "org.fabricmark.algorithm..", "org.fabricmark.simulation.."};
    /** Implementations of the transport interface, and what those of one host share. */
    private static final String[] TRANSPORTS = {"org.fabricmark.transport.shm..", "org.fabricmark.transport.netty..",
        "org.fabricmark.transport.rdma..", "org.fabricmark.transport.host.."};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.fabricmark");

    @Test
    void shouldKeepAlgorithmsAndSchedulesFreeOfInputOutputThreadsAndForeignMemory() {
        noClasses().that().resideInAnyPackage(PURE)
                .should().dependOnClassesThat(resideInAnyPackage("java.io..", "java.net..", "java.nio..",
                        "java.lang.foreign..", "java.util.concurrent..").or(type(Thread.class)).or(type(Process.class)))
                .check(CLASSES);
    }

    @Test
    void shouldKeepAlgorithmsAndSchedulesFreeOfClocks() {
        noClasses().that().resideInAnyPackage(PURE)
                .should().accessTargetWhere(uses(System.class, "nanoTime", "currentTimeMillis"))
                .orShould().dependOnClassesThat().resideInAPackage("java.time..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepAlgorithmsAndSchedulesUnawareOfWhatExecutesThem() {
        noClasses().that().resideInAnyPackage(PURE)
                .should().dependOnClassesThat().resideInAnyPackage("org.fabricmark.engine..",
                        "org.fabricmark.reduction..", "org.fabricmark.memory..", "org.fabricmark.transport..",
                        "org.fabricmark.communicator..", "org.fabricmark.bootstrap..", "org.fabricmark.bench..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTransportsUnawareOfAlgorithms() {
        noClasses().that().resideInAPackage("org.fabricmark.transport..")
                .should().dependOnClassesThat().resideInAnyPackage("org.fabricmark.algorithm..",
                        "org.fabricmark.schedule..", "org.fabricmark.selection..")
                .check(CLASSES);
    }

    @Test
    void shouldCreateArenasOnlyWhereLifetimesAreOwned() {
        noClasses().that(not(resideInAnyPackage("org.fabricmark.memory..", "org.fabricmark.system..")
                .or(resideInAnyPackage(TRANSPORTS))))
                .should().accessTargetWhere(uses(Arena.class, "ofConfined", "ofShared", "ofAuto", "global"))
                .check(CLASSES);
    }

    @Test
    void shouldReadPropertiesAndEnvironmentOnlyAtTheEdge() {
        noClasses().that().resideOutsideOfPackages("org.fabricmark.bench.cli..", "org.fabricmark.bench.machine..",
                "org.fabricmark.bootstrap..")
                .should().accessTargetWhere(uses(System.class, "getProperty", "getProperties", "setProperty", "getenv")
                        .or(uses(Integer.class, "getInteger")).or(uses(Long.class, "getLong"))
                        .or(uses(Boolean.class, "getBoolean")))
                .check(CLASSES);
    }

    @Test
    void shouldUseEachLibraryOnlyInItsPlace() {
        onlyIn("io.netty..", "org.fabricmark.transport.netty..");
        onlyIn("picocli..", "org.fabricmark.bench.cli..");
        onlyIn("org.openjdk.jmh..", "org.fabricmark.bench.jmh..");
        onlyIn("org.HdrHistogram..", "org.fabricmark.results.format..", "org.fabricmark.bench..");
        onlyIn("tools.jackson..", "org.fabricmark.results..", "org.fabricmark.bench..");
        onlyIn("org.apache.commons..", "org.fabricmark.results..");
        onlyIn("gg.jte..", "org.fabricmark.results.report..");
    }

    @Test
    void shouldBindTheLibraryOfCInOnePlace() {
        noClasses().that().doNotBelongToAnyOf(CLibrary.class).and()
                .resideOutsideOfPackage("org.fabricmark.transport.rdma..")
                .should().dependOnClassesThat().areAssignableTo(Linker.class)
                .check(CLASSES);
    }

    @Test
    void shouldNotUseInternalsOfTheJdk() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("sun..", "jdk.internal..").check(CLASSES);
    }

    @Test
    void shouldKeepResultsReadableWithoutTheRest() {
        noClasses().that().resideInAPackage("org.fabricmark.results..")
                .should().dependOnClassesThat(
                        resideInAPackage(OURS).and(not(resideInAPackage("org.fabricmark.results.."))))
                .check(CLASSES);
    }

    @Test
    void shouldMeetTransportsOnlyThroughTheirInterface() {
        DescribedPredicate<JavaClass> transports = resideInAnyPackage(TRANSPORTS);
        DescribedPredicate<JavaClass> verbs = resideInAPackage("org.fabricmark.transport.rdma.verbs..");
        noClasses().that(not(transports))
                .should().dependOnClassesThat(transports.and(not(verbs))).check(CLASSES);
        // Primitive benchmarks measure the verbs themselves, below the interface; the verbs interface comes with rdma.
        noClasses().that(not(transports.or(resideInAPackage("org.fabricmark.bench.primitive.."))))
                .should().dependOnClassesThat(verbs).check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("org.fabricmark.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static void onlyIn(String library, String... places) {
        noClasses().that().resideOutsideOfPackages(places)
                .should().dependOnClassesThat().resideInAPackage(library)
                .as(library + " is used only in " + Arrays.toString(places)).check(CLASSES);
    }

    /** True for calls of these methods and for references to them. */
    private static DescribedPredicate<JavaAccess<?>> uses(Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return DescribedPredicate.describe(owner.getSimpleName() + "." + wanted, access -> {
            AccessTarget target = access.getTarget();
            return target.getOwner().isEquivalentTo(owner) && wanted.contains(target.getName());
        });
    }
}
