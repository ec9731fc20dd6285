package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.console.TextTable;
import org.fabricmark.engine.PostedSteps;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.ScheduleText;
import org.fabricmark.schedule.Step;
import org.fabricmark.transport.TransportProvider;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;
import org.fabricmark.transport.anatomy.Anatomy;
import org.fabricmark.transport.anatomy.Packets;
import org.fabricmark.transport.anatomy.PortTraffic;
import org.fabricmark.transport.anatomy.PostedRequest;

/** What a schedule becomes over a transport: below each step its requests, completions and packets, and their sums by rank. */
final class AnatomyText {
    /**
     * Over which transport.
     *
     * @param transport its name and options
     * @param anatomy a new one for each rank
     */
    record Terms(String transport, Supplier<Anatomy> anatomy) {
        /** @throws Misuse when the transport does not say what becomes of its operations */
        static Terms of(TransportSpec spec) {
            TransportProvider provider = Transports.of(spec);
            if (provider.anatomy(spec).isEmpty()) {
                String known = Transports.all().stream()
                        .filter(each -> each.anatomy(TransportSpec.parse(each.name())).isPresent())
                        .map(TransportProvider::name).collect(Collectors.joining(", "));
                throw new Misuse("--transport '" + spec + "': does not say what its operations become; those that do: "
                        + (known.isEmpty() ? "none" : known));
            }
            return new Terms(spec.toString(), () -> provider.anatomy(spec).orElseThrow());
        }
    }

    private final Terms terms;
    private final List<PostedSteps> ranks;

    /** @param schedules of all ranks, without remote operands */
    AnatomyText(List<Schedule> schedules, Terms terms) {
        this.terms = terms;
        ranks = schedules.stream().map(schedule -> PostedSteps.of(schedule, terms.anatomy().get())).toList();
    }

    /** Sums by rank, and what they mean. */
    List<String> summary() {
        List<PortTraffic> ports = PortTraffic.of(ranks.stream().map(PostedSteps::all).toList());
        List<String> operations =
                List.copyOf(new TreeSet<>(ports.stream().flatMap(port -> port.posted().keySet().stream()).toList()));
        List<String> columns = new ArrayList<>(List.of("rank"));
        operations.forEach(operation -> columns.add(">" + operation));
        columns.addAll(List.of(">completions", ">receives", ">packets", ">acks", ">wire B", ">payload B", ">payload"));
        TextTable table = new TextTable(columns.toArray(String[]::new));
        for (int rank = 0; rank < ports.size(); rank++) {
            table.row(cells(rank, ports.get(rank), operations));
        }
        List<String> lines = new ArrayList<>();
        lines.add("over " + terms.transport() + ": " + terms.anatomy().get().terms());
        lines.add("");
        lines.addAll(table.lines());
        lines.add(
                "  requests that the rank posts; completions of its own that it is told of; receives that its peers use up; what leaves"
                        + " its port:");
        lines.add(
                "  packets of data and requests for data, acknowledgements, bytes with headers and gaps, and payload");
        lines.add("");
        return lines;
    }

    private static Object[] cells(int rank, PortTraffic port, List<String> operations) {
        return Stream.concat(
                Stream.concat(Stream.of(rank),
                        operations.stream().map(operation -> port.posted().getOrDefault(operation, 0L))),
                Stream.of(port.completions(), port.receives(), port.dataPackets(), port.acknowledgements(),
                        port.wireBytes(), port.payload(),
                        String.format(Locale.ROOT, "%.1f %%", 100 * port.payloadShare())))
                .toArray();
    }

    /** The steps of one rank, with what each becomes; lines end with a line feed. */
    String steps(int rank) {
        PostedSteps posted = ranks.get(rank);
        StringBuilder text = new StringBuilder(
                ScheduleText.of(posted.schedule(), (channel, index) -> notes(posted, channel, index)));
        if (!posted.end().isEmpty()) {
            text.append("   end of the call\n");
            posted.end().forEach(request -> text.append("          -> ").append(line(request)).append('\n'));
        }
        return text.toString();
    }

    private List<String> notes(PostedSteps posted, int channel, int index) {
        List<String> notes = new ArrayList<>();
        List<Step> steps = posted.schedule().channels().get(channel);
        List<List<PostedRequest>> requests = posted.channels().get(channel);
        requests.get(index).forEach(request -> notes.add("-> " + line(request)));
        switch (steps.get(index)) {
            case Step.Await await -> receives(posted.schedule().rank(), await).ifPresent(notes::add);
            case Step.Flush _ -> {
                int previous = index - 1;
                while (previous >= 0 && !(steps.get(previous) instanceof Step.Flush)) {
                    previous--;
                }
                notes.add("<- " + completions(requests.subList(previous + 1, index + 1)));
            }
            default -> {
                // completes nothing that the rank waits for
            }
        }
        return notes;
    }

    /** How the awaited signal is seen here, by what it completes or else by where it is: the peer's requests tell. */
    private Optional<String> receives(int rank, Step.Await await) {
        return ranks.get(await.peer()).all().stream()
                .filter(request -> request.peer() == rank && request.signal() == await.signal())
                .findFirst()
                .map(request -> request.atPeer()
                        .map(receive -> "<- %d %s from rank %d".formatted(await.times(), receive, await.peer()))
                        .orElse("<- " + request.told().orElse("signal") + ", by rank " + await.peer()));
    }

    /** Of what was posted since the flush before. */
    private static String completions(List<List<PostedRequest>> steps) {
        long signalled = steps.stream().flatMap(List::stream).filter(PostedRequest::signalled).count();
        return signalled == 0 ? "nothing is outstanding"
                : signalled + (signalled == 1 ? " completion" : " completions")
                        + " of own requests since the flush before";
    }

    /** Acknowledgements are left to the sums. */
    private static String line(PostedRequest request) {
        List<String> parts = new ArrayList<>();
        parts.add("%s %d B, rank %d".formatted(request.operation(), request.bytes(), request.peer()));
        request.packets().stream().filter(packets -> packets.kind() != Packets.Kind.ACKNOWLEDGEMENT)
                .forEach(packets -> parts.add(packets(packets)));
        request.told().ifPresent(parts::add);
        parts.add(request.signalled() ? "signalled" : "unsignalled");
        parts.addAll(request.flags());
        return String.join(", ", parts)
                + request.atPeer().map(receive -> "; at the peer: 1 " + receive).orElse("");
    }

    private static String packets(Packets packets) {
        return packets.count() == 1 ? packets.outbound() ? "1 packet" : "1 packet back"
                : "%d packets%s (%s)".formatted(packets.count(), packets.outbound() ? "" : " back", packets.form());
    }
}
