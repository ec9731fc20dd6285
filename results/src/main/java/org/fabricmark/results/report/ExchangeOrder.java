package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.StoredRun;

/**
 * The exchange probed beside each case of one run, in nanoseconds and in the order of measuring.
 *
 * @param run the run's short name
 * @param cases the cases' canonical names
 * @param transports the cases' transports, whose probes are not of the same kind
 * @param beforeNs probed before each case
 * @param afterNs probed after each case
 */
record ExchangeOrder(String run, List<String> cases, List<String> transports, List<OptionalDouble> beforeNs,
        List<OptionalDouble> afterNs) {
    /** One for each run of which at least two cases have a probe. */
    static List<ExchangeOrder> of(List<StoredRun> runs) {
        List<ExchangeOrder> orders = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            ExchangeOrder order = of(RunNames.letter(i), runs.get(i));
            if (order.cases.size() > 1) {
                orders.add(order);
            }
        }
        return orders;
    }

    /** A run without samples has one probe beside each case, which then is both. */
    private static ExchangeOrder of(String name, StoredRun run) {
        List<String> cases = new ArrayList<>();
        List<String> transports = new ArrayList<>();
        List<OptionalDouble> before = new ArrayList<>();
        List<OptionalDouble> after = new ArrayList<>();
        for (CaseResult cell : run.run().cases()) {
            List<Launch> launches = run.launches(cell);
            OptionalDouble first = launches.isEmpty() ? cell.exchangeNs() : launches.getFirst().exchangeBeforeNs();
            OptionalDouble last = launches.isEmpty() ? cell.exchangeNs() : launches.getLast().exchangeAfterNs();
            if (first.isPresent() || last.isPresent()) {
                cases.add(cell.key().canonicalName());
                transports.add(cell.key().transport().name());
                before.add(first);
                after.add(last);
            }
        }
        return new ExchangeOrder(name, cases, transports, before, after);
    }
}
