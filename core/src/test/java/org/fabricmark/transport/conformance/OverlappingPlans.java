package org.fabricmark.transport.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.Request;
import org.fabricmark.communicator.Window;

/**
 * Some plans of one rank, each with a window of its own, whose calls are started, executed and finished in any order; the data of
 * every call are checked when it is over. Two generators decide: one that is the same on all ranks, for what they must do in the same
 * order, and one of this rank, for what they need not.
 */
final class OverlappingPlans {
    private final Communicator comm;
    private final Random shared;
    private final Random own;
    private final List<Entry> entries = new ArrayList<>();
    private int calls;

    private static final class Entry {
        private final CollectiveCase what;
        private final Window window;
        private final Plan plan;
        private Request request;

        /** The call that is outstanding, or -1; what is finished early on one rank is still outstanding on another. */
        private int call = -1;

        private Entry(CollectiveCase what, Window window, Plan plan) {
            this.what = what;
            this.window = window;
            this.plan = plan;
        }
    }

    /** Plans {@code number} of {@code cases}, drawn by {@code seed}; collective. */
    OverlappingPlans(Communicator comm, List<CollectiveCase> cases, int number, long seed) {
        this.comm = comm;
        this.shared = new Random(seed);
        this.own = new Random(seed ^ (comm.rank() + 1) * 0x9e3779b97f4a7c15L);
        for (int i = 0; i < number; i++) {
            CollectiveCase what = cases.get(shared.nextInt(cases.size()));
            Window window = comm.allocate(what.windowBytes(comm.size()));
            entries.add(new Entry(what, window, what.plan(comm, window)));
        }
    }

    /** Starts all, and finishes them in an order of this rank. */
    void startAllAndFinishInAnyOrder() {
        entries.forEach(this::start);
        List<Entry> outstanding = new ArrayList<>(entries);
        while (!outstanding.isEmpty()) {
            finish(outstanding.remove(own.nextInt(outstanding.size())));
        }
    }

    /** Starts and finishes one after the other. */
    void startAndFinishInOrder() {
        for (Entry entry : entries) {
            start(entry);
            finish(entry);
        }
    }

    /** One random act that all ranks make, and some that only this rank makes. */
    void act() {
        Entry entry = entries.get(shared.nextInt(entries.size()));
        switch (shared.nextInt(8)) {
            case 0 -> comm.barrier();
            case 1, 2 -> {
                finish(entry);
                entry.what.fill(comm, entry.window, calls);
                entry.plan.execute();
                entry.what.check(comm, entry.window, calls++);
            }
            default -> {
                finish(entry);
                start(entry);
            }
        }
        for (int i = own.nextInt(3); i > 0; i--) {
            Entry any = entries.get(own.nextInt(entries.size()));
            switch (own.nextInt(4)) {
                case 0 -> finish(any);
                case 1 -> comm.progress();
                default -> test(any);
            }
        }
    }

    void finishAll() {
        entries.forEach(this::finish);
    }

    private void start(Entry entry) {
        entry.call = calls++;
        entry.what.fill(comm, entry.window, entry.call);
        entry.request = entry.plan.start();
    }

    private void test(Entry entry) {
        if (entry.call >= 0 && entry.request.test()) {
            check(entry);
        }
    }

    private void finish(Entry entry) {
        if (entry.call < 0) {
            return;
        }
        if (own.nextBoolean()) {
            entry.request.await();
        } else {
            while (!entry.request.test()) {
                Thread.yield();
            }
        }
        check(entry);
    }

    private void check(Entry entry) {
        entry.what.check(comm, entry.window, entry.call);
        entry.call = -1;
    }
}
