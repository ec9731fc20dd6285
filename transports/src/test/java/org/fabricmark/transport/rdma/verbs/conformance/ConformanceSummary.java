package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints, when all parts of the kit have run, how many behaviours each provider has shown, and which were skipped or failed. */
final class ConformanceSummary implements TestWatcher {
    private static final Namespace PLACE = Namespace.create(ConformanceSummary.class);

    /** What one subject has shown. */
    private static final class Tally {
        private int passed;
        private int skipped;
        private final Map<String, Set<String>> reasons = new TreeMap<>();
        private final Set<String> failed = new TreeSet<>();

        private void skip(String id, String reason) {
            skipped++;
            reasons.computeIfAbsent(reason, _ -> new TreeSet<>()).add(id);
        }
    }

    /** Of all subjects; JUnit closes it after the last test. */
    static final class Summary implements AutoCloseable {
        private final Map<String, Tally> tallies = new TreeMap<>();

        @Override
        public synchronized void close() {
            tallies.forEach((subject, tally) -> {
                System.out.println("verbs conformance of " + subject + ": " + tally.passed + " behaviours passed, "
                        + tally.skipped + " skipped, " + tally.failed.size() + " failed"
                        + (tally.failed.isEmpty() ? "" : " " + tally.failed));
                tally.reasons.forEach((reason, ids) -> System.out.println("  " + String.join(" ", ids) + " " + reason));
            });
            System.out.println("  W001 to W010 not applicable: they are about packets, and these providers have none");
        }

        private synchronized Tally of(Subject subject) {
            return tallies.computeIfAbsent(subject.toString(), _ -> new Tally());
        }
    }

    private static Tally tally(ExtensionContext context) {
        Summary summary = context.getRoot().getStore(PLACE)
                .getOrComputeIfAbsent(Summary.class, _ -> new Summary(), Summary.class);
        return summary.of(((VerbsConformance) context.getRequiredTestInstance()).subject());
    }

    private static String id(ExtensionContext context) {
        return context.getRequiredTestMethod().getAnnotation(Behaviour.class).value();
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        tally(context).passed++;
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).replaceFirst("^Assumption failed: ", "");
        tally(context).skip(id(context), reason);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        tally(context).failed.add(id(context));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        tally(context).skip(id(context), reason.orElse("disabled"));
    }
}
