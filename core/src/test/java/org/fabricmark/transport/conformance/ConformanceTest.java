package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.AfterEach;

/** What all parts of the kit have in common: a transport under test, of whose jobs nothing is left after any case. */
abstract class ConformanceTest {
    private final TransportSpec transport;
    private final Supplier<List<String>> leftBehind;

    /**
     * @param transport the transport under test
     * @param leftBehind what jobs of this process have left in the system: files, mappings, sockets, threads
     */
    ConformanceTest(TransportSpec transport, Supplier<List<String>> leftBehind) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.leftBehind = Objects.requireNonNull(leftBehind, "leftBehind");
    }

    final TransportSpec transport() {
        return transport;
    }

    final List<String> leftBehind() {
        return leftBehind.get();
    }

    @AfterEach
    final void shouldLeaveNothingBehind() {
        assertEquals(List.of(), leftBehind());
    }
}
