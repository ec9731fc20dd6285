package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.Test;

class LeakWitnessTest {
    @Test
    void shouldWatchEveryBufferInTheseTests() {
        assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
        assertInstanceOf(
                LeakWitness.class, ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class));
    }
}
