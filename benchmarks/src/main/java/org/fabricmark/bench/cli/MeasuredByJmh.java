package org.fabricmark.bench.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.machine.Disturbances;
import org.fabricmark.bench.machine.MachineFacts;
import org.fabricmark.results.foreign.Given;
import org.fabricmark.results.foreign.Importer;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;

/**
 * What JMH has measured for us, as a run of ours: read as a file of JMH is imported, and with what only the one who started JMH
 * knows, which is the machine and its state, the build, and which algorithms ran where the library chose.
 *
 * <p>Thread rule: one thread.
 */
final class MeasuredByJmh {
    private final Instant started = Instant.now();
    private final Disturbances disturbances = Disturbances.start();
    private final List<String> arguments;
    private final TransportRemarks remarks;
    private final Map<CaseKey, String> algorithms = new HashMap<>();
    private Optional<String> json = Optional.empty();

    /** @param cases that JMH is asked for */
    MeasuredByJmh(List<String> arguments, List<BenchmarkCase> cases) {
        this.arguments = arguments;
        this.remarks = TransportRemarks.of(cases);
        cases.forEach(each -> algorithms.put(each.key(), each.ran()));
    }

    /** JMH has ended with these results, in its own format. */
    void add(String results) {
        json = Optional.of(results);
    }

    /** Whether there are any. */
    boolean isPresent() {
        return json.isPresent();
    }

    /**
     * Saves them.
     *
     * @return what went wrong beside it, in words
     * @throws org.fabricmark.results.format.RunFormatException if they are no run: two modes of JMH give a case two times
     * @throws org.fabricmark.results.format.RunFolderException if they cannot be saved
     */
    Optional<String> save(Destination destination) throws IOException {
        StoredRun read = new Importer(Origin.JMH, Given.NOTHING, false).read("what JMH measured", json.orElseThrow(),
                started, arguments);
        Environment environment = remarks.in(ofForks(
                new MachineFacts().environment(Build.suite(), disturbances), read.run().environment().software()));
        List<CaseResult> cases = read.run().cases().stream().map(this::named).toList();
        Run run = Run.of(started, read.run().origin(), arguments, 0, environment, Optional.empty(), cases);
        return destination.save(run, read.samples());
    }

    /** JMH measures in JVMs of its own, which may have other flags than this one. It tells none where it has none. */
    private static Environment ofForks(Environment here, Environment.Software forks) {
        return forks.jvmFlags().isEmpty() ? here
                : new Environment(here.hardware(), here.software().measuredBy(forks), here.state(), here.suite());
    }

    private CaseResult named(CaseResult result) {
        String ran = algorithms.get(result.key());
        return ran == null ? result : result.ranBy(ran);
    }
}
