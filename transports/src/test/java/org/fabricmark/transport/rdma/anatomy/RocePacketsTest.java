package org.fabricmark.transport.rdma.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.fabricmark.transport.anatomy.Packets;
import org.fabricmark.transport.anatomy.Packets.Kind;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.SendOpcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RocePacketsTest {
    private static final RocePackets OF_1024 = new RocePackets(PathMtu.MTU_1024);

    private static Packets request(SendOpcode operation, long bytes) {
        return OF_1024.of(operation, bytes).getFirst();
    }

    @Test
    void shouldCountTheBytesOfAKnownFrame() {
        // A write of 16 bytes has 76 bytes from the IP header to the checksum; around them 8 + 14 + 4 + 12.
        assertEquals(76 + 38, request(SendOpcode.RDMA_WRITE, 16).wireBytes());
        // An acknowledgement has 48, a read request 60.
        assertEquals(48 + 38, OF_1024.of(SendOpcode.RDMA_WRITE, 16).getLast().wireBytes());
        assertEquals(60 + 38, request(SendOpcode.RDMA_READ, 10_000).wireBytes());
    }

    @Test
    void shouldHaveTheBytesBesidePayloadThatTheCostModelHas() {
        assertEquals(CostModel.ROCE_400G.packetBytes(), RocePackets.EVERY_PACKET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0    | 1 | ONLY",
        "1    | 1 | ONLY",
        "1024 | 1 | ONLY",
        "1025 | 2 | FIRST, LAST",
        "2049 | 3 | FIRST, 1 MIDDLE, LAST",
        "8192 | 8 | FIRST, 6 MIDDLE, LAST"
    })
    void shouldCutAMessageIntoFirstMiddleAndLast(long bytes, long packets, String form) {
        Packets write = request(SendOpcode.RDMA_WRITE, bytes);
        assertEquals(packets, write.count());
        assertEquals(form, write.form());
        assertEquals(form + "_WITH_IMMEDIATE", request(SendOpcode.RDMA_WRITE_WITH_IMM, bytes).form());
        Packets response = OF_1024.of(SendOpcode.RDMA_READ, bytes).getLast();
        assertEquals(Kind.RESPONSE, response.kind());
        assertEquals(packets, response.count());
        assertEquals(form, response.form());
    }

    @Test
    void shouldPutEachExtendedHeaderWhereItBelongs() {
        assertEquals(3 * 82 + 2049 + 3 + 16, request(SendOpcode.RDMA_WRITE, 2049).wireBytes()); // 3 of padding
        assertEquals(3 * 82 + 2052 + 16 + 4, request(SendOpcode.RDMA_WRITE_WITH_IMM, 2052).wireBytes());
        assertEquals(3 * 82 + 2052 + 2 * 4, OF_1024.of(SendOpcode.RDMA_READ, 2052).getLast().wireBytes());
        assertEquals(82 + 1000 + 4, OF_1024.of(SendOpcode.RDMA_READ, 1000).getLast().wireBytes());
    }

    @Test
    void shouldLetReadResponsesBeTheirOwnAcknowledgement() {
        assertEquals(List.of(Kind.REQUEST, Kind.RESPONSE),
                OF_1024.of(SendOpcode.RDMA_READ, 5000).stream().map(Packets::kind).toList());
        assertEquals(List.of(Kind.REQUEST, Kind.ACKNOWLEDGEMENT),
                OF_1024.of(SendOpcode.RDMA_WRITE, 5000).stream().map(Packets::kind).toList());
    }

    @ParameterizedTest
    @EnumSource(value = SendOpcode.class, names = {"SEND", "FETCH_AND_ADD", "LOCAL_INVALIDATE"})
    void shouldRefuseOperationsThatTheTransportDoesNotUse(SendOpcode operation) {
        assertThrows(IllegalArgumentException.class, () -> OF_1024.of(operation, 8));
    }
}
