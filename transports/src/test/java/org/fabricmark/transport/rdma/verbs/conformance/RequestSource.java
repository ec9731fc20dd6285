package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/** Makes up requests from one end to the other, and receives for them. */
final class RequestSource {
    private static final int SIZE = 4096;
    private static final int GAP = 100;
    private static final SendOpcode[] OPERATIONS = {
        SendOpcode.SEND, SendOpcode.SEND_WITH_IMM, SendOpcode.RDMA_WRITE, SendOpcode.RDMA_WRITE,
        SendOpcode.RDMA_WRITE_WITH_IMM, SendOpcode.RDMA_READ, SendOpcode.FETCH_AND_ADD, SendOpcode.COMPARE_AND_SWAP
    };

    private final Random random;
    private final ModelMemory source;
    private final ModelMemory destination;
    private final ModelMemory readOnly;
    private final ModelMemory foreign;
    private final ModelMemory target;
    private final ModelMemory shut;
    private final ModelMemory foreignTarget;
    private final ModelMemory places;
    private final List<int[]> reads = new ArrayList<>();
    private final List<ModelRequest.Piece> destinations = new ArrayList<>();
    private boolean fenced;
    private boolean atomicsAllowed = true;
    private long nextId;

    RequestSource(End from, End to, Random random, List<ModelMemory> all, String name) {
        this.random = random;
        Set<AccessFlag> every = AccessFlag.localAndRemote();
        source = memory(all, name + " source", from.memory(SIZE).randomize(random.nextLong()), false);
        destination = memory(all, name + " destination", from.memory(SIZE), false);
        readOnly = memory(all, name + " read-only", from.memory(from.domain(), SIZE, Set.of()), false);
        foreign = memory(all, name + " foreign", foreign(from, every), true);
        target = memory(all, name + " target", to.memory(SIZE).randomize(random.nextLong()), false);
        shut = memory(all, name + " shut", to.memory(SIZE, AccessFlag.LOCAL_WRITE), false);
        foreignTarget = memory(all, name + " foreign target", foreign(to, every), true);
        places = memory(all, name + " places", to.memory(SIZE), false);
        nextId = random.nextLong() & 0xffff_ffffL;
    }

    private static Registered foreign(End end, Set<AccessFlag> access) {
        return end.memory(end.keep(end.context().allocateProtectionDomain()), SIZE, access);
    }

    private static ModelMemory memory(List<ModelMemory> all, String name, Registered real, boolean foreign) {
        ModelMemory memory = new ModelMemory(name, real, foreign);
        all.add(memory);
        return memory;
    }

    /** How link {@code index} is connected: impatient where there is no receive; the last one takes no atomics. */
    static Connection connection(int index) {
        Connection usual = Connection.USUAL.withRnr(0, 1).withReads(1 + index % 3, 4);
        return index == 3
                ? usual.withAccess(EnumSet.of(AccessFlag.REMOTE_READ, AccessFlag.REMOTE_WRITE))
                : usual;
    }

    /** Another batch: earlier reads have completed. */
    void begin() {
        reads.clear();
        destinations.clear();
        fenced = false;
    }

    private int length() {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1 + random.nextInt(1500);
            default -> 1 + random.nextInt(100);
        };
    }

    private List<ModelRequest.Piece> pieces(ModelMemory memory, int length) {
        List<ModelRequest.Piece> pieces = new ArrayList<>();
        int offset = random.nextInt(SIZE - length - 3 * GAP);
        for (int rest = length; rest > 0 && pieces.size() < 4;) {
            int part = pieces.size() == 3 || random.nextInt(3) > 0 ? rest : random.nextInt(rest + 1);
            pieces.add(new ModelRequest.Piece(memory, offset, part, part == 0));
            offset += part + random.nextInt(GAP);
            rest -= part;
        }
        return pieces;
    }

    /** A receive that nearly always has room for every message; with {@code faults}, sometimes too short or wrong. */
    ModelRequest.Receive receive(boolean faults) {
        int kind = faults ? random.nextInt(20) : 2;
        return new ModelRequest.Receive(nextId++, places(kind), kind < 2);
    }

    private List<ModelRequest.Piece> places(int kind) {
        return switch (kind) {
            case 0 -> List.of(new ModelRequest.Piece(places, 0, random.nextInt(40), false));
            case 1 -> List.of(new ModelRequest.Piece(places, random.nextInt(SIZE - 3000), 3000, true));
            default -> {
                int half = SIZE / 2;
                int split = 1 + random.nextInt(1500);
                yield List.of(
                        new ModelRequest.Piece(places, random.nextInt(half - split), split, false),
                        new ModelRequest.Piece(places, half + random.nextInt(half - 1600), 1600, false));
            }
        };
    }

    /** A message of no bytes, signalled. */
    ModelRequest last() {
        EnumSet<SendFlag> flags = EnumSet.of(SendFlag.SIGNALED);
        if (fenced) {
            flags.add(SendFlag.FENCE);
        }
        return new ModelRequest(nextId++, SendOpcode.SEND, List.of(), null, 0, false, 0, 0, flags);
    }

    /**
     * @param faults whether it may be wrong
     * @param receives whether the peer has a receive: without faults, nothing is sent then that needs one
     */
    ModelRequest next(boolean faults, boolean receives) {
        SendOpcode operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
        if (operation.consumesReceive() && !receives && (!faults || random.nextInt(3) > 0)) {
            operation = SendOpcode.RDMA_WRITE;
        }
        if (operation.atomic() && !faults && !atomicsAllowed) {
            operation = SendOpcode.RDMA_READ;
        }
        int fault = faults ? random.nextInt(60) : random.nextInt(60) + 60;
        int length = operation.atomic() ? Long.BYTES : length();
        List<ModelRequest.Piece> pieces = pieces(operation.scatters() ? destination : source, length);
        EnumSet<SendFlag> flags = EnumSet.noneOf(SendFlag.class);
        for (SendFlag each : new SendFlag[] {SendFlag.SIGNALED, SendFlag.SOLICITED}) {
            if (random.nextBoolean()) {
                flags.add(each);
            }
        }
        if (fault >= 6 && operation.gathers() && length <= 64 && random.nextInt(3) == 0) {
            flags.add(SendFlag.INLINE);
        }
        boolean remote = operation != SendOpcode.SEND && operation != SendOpcode.SEND_WITH_IMM;
        int offset = random.nextInt(SIZE - length + 1);
        ModelMemory there = remote ? target : null;
        if (operation.atomic()) {
            offset &= -Long.BYTES;
        }
        if (length > 0 && fault < 3) {
            ModelMemory wrong = operation.scatters() && random.nextBoolean() ? readOnly : foreign;
            pieces = List.of(new ModelRequest.Piece(wrong, 0, length, false));
        } else if (length > 0 && fault < 6) {
            boolean key = random.nextBoolean();
            pieces = List.of(new ModelRequest.Piece(
                    operation.scatters() ? destination : source, key ? 0 : SIZE - length + 1, length, key));
        } else if (fault == 119) {
            return new ModelRequest(nextId++, null, pieces, null, 0, false, 0, 0, flags); // malformed
        }
        boolean wrongKey = remote && random.nextInt(60) == 0 && faults;
        if (remote && faults && (!operation.consumesReceive() || receives)) {
            switch (random.nextInt(60)) {
                case 0 -> there = shut;
                case 1 -> there = foreignTarget;
                case 2 -> offset = operation.atomic() ? SIZE : SIZE - length + 1;
                case 3 -> offset = -1 * Long.BYTES;
                case 4 -> offset += operation.atomic() ? 4 : 0;
                default -> offset += 0;
            }
        } else {
            wrongKey = false;
        }
        order(operation, offset, length, pieces, flags);
        return new ModelRequest(
                nextId++, operation, pieces, there, offset, wrongKey, operand(operation), random.nextLong(), flags);
    }

    /** Its link takes no atomics: they come with other faults only. */
    void withoutAtomics() {
        atomicsAllowed = false;
    }

    private long operand(SendOpcode operation) {
        return operation == SendOpcode.COMPARE_AND_SWAP && random.nextBoolean() ? 0 : random.nextLong();
    }

    /**
     * Between a read or an atomic and what changes the same memory later there is no order without a fence; and what comes behind one
     * that ends with an error of this side may have been done or not.
     */
    private void order(
            SendOpcode operation, int offset, int length, List<ModelRequest.Piece> pieces, Set<SendFlag> flags) {
        boolean remote = operation != SendOpcode.SEND && operation != SendOpcode.SEND_WITH_IMM;
        boolean changes = remote && operation != SendOpcode.RDMA_READ
                && reads.stream().anyMatch(each -> each[0] < offset + length && offset < each[1]);
        boolean overwrites = operation.atomic() && destinations.stream().anyMatch(
                each -> pieces.stream().anyMatch(own -> own.offset() < each.offset() + each.length()
                        && each.offset() < own.offset() + own.length()));
        if (changes || overwrites || fenced) {
            flags.add(SendFlag.FENCE);
            reads.clear();
            destinations.clear();
        }
        if (operation.scatters()) {
            reads.add(new int[] {offset, offset + length});
            destinations.addAll(pieces);
            fenced |= !pieces.stream().allMatch(ModelRequest.Piece::writable);
        }
    }
}
