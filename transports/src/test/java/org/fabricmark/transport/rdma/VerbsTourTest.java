package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class VerbsTourTest {
    @Test
    void shouldShowWhatItSaysThatItShows() {
        assertEquals(List.of(
                "b: RECV_RDMA_WITH_IMM 7, and now sees 42",
                "a: request 3 SUCCESS",
                "a: request 4 REMOTE_ACCESS_ERROR, ERR"), VerbsTour.run());
    }
}
