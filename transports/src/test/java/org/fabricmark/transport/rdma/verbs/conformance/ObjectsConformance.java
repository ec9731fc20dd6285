package org.fabricmark.transport.rdma.verbs.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.CompletionChannel;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.DeviceAttributes;
import org.fabricmark.transport.rdma.verbs.GidEntry;
import org.fabricmark.transport.rdma.verbs.PortAttributes;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.SharedReceiveQueue;
import org.fabricmark.transport.rdma.verbs.VerbsException.Reason;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** Devices, contexts, and what may be made and ended when. Memory is in {@link MemoryConformance}. */
public abstract class ObjectsConformance extends VerbsConformance {
    private static final int ALL_PARTITIONS = 0xffff;

    /** As {@link VerbsConformance}. */
    protected ObjectsConformance(Subject subject) {
        super(subject);
    }

    @Behaviour("V001")
    void shouldOpenADeviceManyTimesAndFromSeveralThreads() throws Exception {
        for (Device device : subject().provider().devices(ends().fabric())) {
            DeviceAttributes attributes = a().context().attributes();
            Set<Context> contexts = new LinkedHashSet<>();
            for (int i = 0; i < 50; i++) {
                contexts.add(device.open());
            }
            assertEquals(50, contexts.size(), "distinct contexts");
            for (Context each : contexts) {
                assertEquals(device.name(), each.device().name());
                assertEquals(attributes, each.attributes());
                each.close();
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                Callable<DeviceAttributes> openAndClose = () -> {
                    try (Context own = device.open()) {
                        return own.attributes();
                    }
                };
                for (Future<DeviceAttributes> each : threads
                        .invokeAll(Collections.nCopies(16, openAndClose))) {
                    assertEquals(attributes, each.get());
                }
            }
        }
    }

    @Behaviour("V002")
    void shouldTellSaneLimitsAndRefuseAPortThatIsNotThere() {
        DeviceAttributes device = a().context().attributes();
        assertTrue(device.maxQueuePairs() > 0 && device.maxCompletionQueues() > 0, device::toString);
        assertTrue(device.maxRequests() > 0 && device.maxCompletions() > 0, device::toString);
        assertTrue(device.maxSegments() > 0 && device.maxMemoryRegions() > 0, device::toString);
        assertTrue(device.completionVectors() > 0 && device.maxReadAtomic() > 0, device::toString);
        for (int port = 1; port <= device.ports(); port++) {
            PortAttributes attributes = a().context().port(port);
            assertEquals(PortAttributes.State.ACTIVE, attributes.state());
            assertTrue(attributes.gidTableLength() > 0 && attributes.maxMessageBytes() > 0, attributes::toString);
            assertEquals(ALL_PARTITIONS, a().context().partitionKey(port, 0));
            assertNotEquals(a().context().gid(port, 0), null);
        }
        for (int none : new int[] {0, -1, device.ports() + 1}) {
            assertInvalid(() -> a().context().port(none));
            assertInvalid(() -> a().context().gid(none, 0));
            assertInvalid(() -> a().context().partitionKey(none, 0));
        }
    }

    @Behaviour("V003")
    void shouldTellAnEmptyPlaceOfTheIdentifiersFromOneThatIsNotThereAndRefuseATableTooSmallForThem() {
        int length = a().context().port(1).gidTableLength();
        GidEntry[] table = new GidEntry[length];
        int set = a().context().gidTable(table);
        assertTrue(set >= 1, "no identifier is set");
        Set<Integer> places = new HashSet<>();
        for (GidEntry each : Arrays.copyOf(table, set)) {
            assertTrue(places.add(each.index()), "twice: " + each);
            assertEquals(each.gid(), a().context().gid(each.port(), each.index()));
        }
        for (int index = 0; index < length; index++) {
            int place = index;
            if (!places.contains(place)) {
                assertRefused(Reason.ENODATA, () -> a().context().gid(1, place));
            }
        }
        GidEntry[] small = new GidEntry[set - 1];
        assertInvalid(() -> a().context().gidTable(small));
        assertArrayEquals(new GidEntry[set - 1], small, "something was filled in");
        assertInvalid(() -> a().context().gid(1, length));
        assertInvalid(() -> a().context().gid(1, -1));
        assertInvalid(() -> a().context().partitionKey(1, a().context().port(1).partitionKeyTableLength()));
    }

    @Behaviour("V005")
    void shouldRefuseCompletionQueuesOfSizesAndVectorsThatTheDeviceDoesNotHave() {
        Context context = a().context();
        int most = context.attributes().maxCompletions();
        int vectors = context.attributes().completionVectors();
        for (int size : new int[] {-1, 0, most + 1}) {
            assertInvalid(() -> context.createCompletionQueue(size));
        }
        for (int size : new int[] {1, 2, 100, most}) {
            try (CompletionQueue queue = context.createCompletionQueue(size)) {
                assertTrue(queue.capacity() >= size, "asked for " + size + ", got " + queue.capacity());
            }
        }
        for (int vector : new int[] {-1, vectors, vectors + 1}) {
            assertInvalid(() -> context.createCompletionQueue(1, null, null, vector));
        }
        for (int vector : new int[] {0, vectors - 1}) {
            context.createCompletionQueue(1, null, null, vector).close();
        }
    }

    @Behaviour("V006")
    void shouldKeepACompletionQueueThatAQueuePairUses() {
        CompletionQueue sends = a().queue();
        CompletionQueue receives = a().queue();
        QueuePair pair = a().pair(RC, sends, receives);
        assertBusy(sends::close);
        assertBusy(receives::close);
        assertEquals(0, sends.poll(WorkCompletion.array(1)), "still usable");
        a().end(pair);
        a().end(sends);
        a().end(receives);
    }

    @Behaviour("V007")
    void shouldMakeQueuePairsOfEachServiceAndRefuseWhatTheDeviceCannot() {
        CompletionQueue queue = a().queue();
        for (ServiceType service : ServiceType.values()) {
            QueuePair pair = a().pair(service, queue, queue);
            assertEquals(QueuePairState.RESET, pair.state());
            assertEquals(service, pair.service());
            QueuePairCapabilities given = pair.capabilities();
            assertTrue(
                    given.maxSendRequests() >= End.DEPTH && given.maxReceiveRequests() >= End.DEPTH
                            && given.maxSendSegments() >= 4 && given.maxReceiveSegments() >= 4
                            && given.maxInlineData() >= 64,
                    given::toString);
        }
        CompletionQueue foreign = b().queue();
        assertInvalid(() -> a().pair(RC, foreign, queue));
        assertInvalid(() -> a().pair(RC, queue, foreign));
        DeviceAttributes most = a().context().attributes();
        for (QueuePairCapabilities above : List.of(
                new QueuePairCapabilities(most.maxRequests() + 1, 1, 1, 1, 0),
                new QueuePairCapabilities(1, most.maxRequests() + 1, 1, 1, 0),
                new QueuePairCapabilities(1, 1, most.maxSegments() + 1, 1, 0),
                new QueuePairCapabilities(1, 1, 1, most.maxSegments() + 1, 0),
                new QueuePairCapabilities(1, 1, 1, 1, most.maxInlineData() + 1))) {
            assertInvalid(() -> a().pair(new QueuePairInit(RC, queue, queue, null, above, false)));
        }
        assertInvalid(() -> new QueuePairCapabilities(-1, 1, 1, 1, 0));
        a().pair(RC, queue, queue); // what was refused has left nothing that stands in the way
    }

    @Behaviour("V008")
    void shouldNotReuseTheNumberOfAQueuePairAtOnce() {
        CompletionQueue queue = a().queue(4);
        QueuePairInit small =
                new QueuePairInit(RC, queue, queue, null, new QueuePairCapabilities(1, 1, 1, 1, 0), false);
        int window = 1000;
        LinkedHashSet<Integer> recent = new LinkedHashSet<>();
        for (int i = 0; i < 10_000; i++) {
            try (QueuePair pair = a().domain().createQueuePair(small)) {
                int number = pair.number().value();
                assertTrue(number > 1 && number < 0xffffff, "reserved: " + pair.number());
                assertTrue(recent.add(number), () -> "number " + pair.number() + " again within " + window);
            }
            if (recent.size() > window) {
                recent.removeFirst();
            }
        }
    }

    @Behaviour("V009")
    void shouldRefuseAnAddressHandleWithoutGlobalRoutingHeader() {
        assertInvalid(() -> a().domain().createAddressHandle(AddressVector.local(1)));
    }

    @Behaviour("V010")
    void shouldKeepACompletionChannelThatACompletionQueueUses() {
        CompletionChannel channel = a().keep(a().context().createCompletionChannel());
        CompletionQueue queue = a().keep(a().context().createCompletionQueue(1, channel, null, 0));
        assertBusy(channel::close);
        a().end(queue);
        a().end(channel);
    }

    @Behaviour("V101")
    void shouldKeepAContextInWhichSomethingIsLeft() {
        Context context = ends().device().open();
        List<AutoCloseable> one = new ArrayList<>();
        for (Callable<AutoCloseable> make : Arrays.<Callable<AutoCloseable>>asList(
                context::allocateProtectionDomain, context::createCompletionChannel,
                () -> context.createCompletionQueue(1))) {
            try {
                one.add(make.call());
                assertBusy(context::close);
                one.removeFirst().close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        context.close();
    }

    @Behaviour("V102")
    void shouldGiveLiveQueuePairsOfAPortDifferentNumbers() {
        Set<List<Object>> numbers = new LinkedHashSet<>();
        for (End end : List.of(a(), b())) {
            CompletionQueue queue = end.queue();
            for (int i = 0; i < 20; i++) {
                assertTrue(numbers.add(List.of(end.gid(), end.pair(RC, queue, queue).number())));
            }
        }
    }

    @Behaviour("V103")
    void shouldAnswerWhatAnObjectWasMadeWithAndWhere() {
        String cookie = "mine";
        CompletionChannel channel = a().keep(a().context().createCompletionChannel());
        CompletionQueue queue = a().keep(a().context().createCompletionQueue(8, channel, cookie, 0));
        assertSame(cookie, queue.cookie());
        assertSame(a().context(), queue.context());
        assertSame(a().context(), channel.context());
        assertSame(a().context(), a().domain().context());
        QueuePair pair = a().pair(UC, queue, queue);
        assertSame(a().domain(), pair.protectionDomain());
        SharedReceiveQueue shared = a().keep(a().domain().createSharedReceiveQueue(4, 1));
        assertSame(a().domain(), shared.protectionDomain());
        assertNotSame(a().context(), b().context());
    }

    @Behaviour("V104")
    void shouldBeFoundByNameAndNameItselfInItsDevices() {
        assertEquals(subject().provider().name(), VerbsProviders.named(subject().provider().name()).name());
        assertEquals(subject().provider().name(), ends().device().provider().name());
        assertFalse(ends().device().name().isBlank());
        assertFalse(subject().provider().description().isBlank());
        String message = assertRefused(Reason.EINVAL, () -> VerbsProviders.named("no-such")).getMessage();
        assertTrue(message.contains("no-such") && message.contains(subject().provider().name()), message);
    }

    @Behaviour("V105")
    void shouldRefuseAnAddressHandleFromAPortThatIsNotThere() {
        for (int port : new int[] {0, a().context().attributes().ports() + 1}) {
            assertInvalid(() -> a().domain().createAddressHandle(new AddressVector(b().gid(), port, 0, 64, 0)));
        }
        AddressVector way = AddressVector.to(b().gid());
        assertEquals(way, a().keep(a().domain().createAddressHandle(way)).way());
    }

    @Behaviour("V106")
    void shouldRefuseASharedReceiveQueueOfAnotherContextOrAboveTheLimits() {
        DeviceAttributes most = a().context().attributes();
        assertInvalid(() -> a().domain().createSharedReceiveQueue(most.maxRequests() + 1, 1));
        assertInvalid(() -> a().domain().createSharedReceiveQueue(1, most.maxSegments() + 1));
        SharedReceiveQueue foreign = b().keep(b().domain().createSharedReceiveQueue(4, 1));
        CompletionQueue queue = a().queue();
        assertInvalid(() -> a().pair(RC, queue, queue, foreign));
    }

    @Behaviour("V107")
    void shouldKeepASharedReceiveQueueThatAQueuePairUses() {
        SharedReceiveQueue shared = a().keep(a().domain().createSharedReceiveQueue(10, 2));
        assertTrue(shared.maxRequests() >= 10 && shared.maxSegments() >= 2);
        CompletionQueue queue = a().queue();
        QueuePair pair = a().pair(RC, queue, queue, shared);
        assertBusy(shared::close);
        assertEquals(PostStatus.POSTED, shared.postReceive(Requests.receive(1)));
        a().end(pair);
        a().end(shared);
    }

    @Behaviour("V108")
    void shouldGiveBackWhatEndedObjectsUsed() {
        ProtectionDomain domain = a().keep(a().context().allocateProtectionDomain());
        for (int i = 0; i < 2000; i++) {
            CompletionQueue queue = a().queue(8);
            Registered memory = a().memory(domain, 4096, Set.of());
            a().end(memory);
            a().end(queue);
        }
    }
}
