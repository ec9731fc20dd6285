package org.fabricmark.reduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class KernelsTest {
    @Test
    void shouldHandOutOneKernelForEachTypeAndOperation() {
        assertSame(Kernels.forType(DataType.FLOAT, ReduceOp.SUM), Kernels.forType(DataType.FLOAT, ReduceOp.SUM));
        assertSame(Kernels.forType(DataType.FLOAT, ReduceOp.SUM), Kernels.forType(DataType.FLOAT, ReduceOp.AVG));
        assertNotSame(Kernels.forType(DataType.FLOAT, ReduceOp.SUM), Kernels.forType(DataType.FLOAT, ReduceOp.MAX));
        assertNotSame(
                Kernels.forType(DataType.FLOAT, ReduceOp.SUM).getClass(),
                Kernels.forType(DataType.DOUBLE, ReduceOp.SUM).getClass());
    }

    @Test
    void shouldUseVectorsWhereTheModuleIsPresent() {
        assertEquals("vector " + VectorCopy.bits() + " bit", Kernels.description());
    }

    @Test
    @Timeout(60)
    void shouldWorkWithoutTheVectorModuleAndLoadNothingOfIt() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutVectors.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, child.exitValue(), output);
            assertTrue(
                    output.contains("scalar (jdk.incubator.vector is absent: add --add-modules jdk.incubator.vector)"));
            assertTrue(output.contains("3.5 = 3.5"));
            assertFalse(output.contains("jdk.incubator.vector."), "a class of the vector module was loaded");
        } finally {
            child.destroyForcibly();
        }
    }

    /** Runs in a JVM of its own, without {@code --add-modules}. */
    static final class WithoutVectors {
        private WithoutVectors() {}

        public static void main(String[] args) {
            System.out.println(Kernels.description());
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 3, 4, 0, 0);
                long address = segment.address();
                Kernels.forType(DataType.FLOAT, ReduceOp.AVG)
                        .reduceAndDivide(new long[] {address, address + 4, address + 8}, 0, 2, 1, 0, 1, 2);
                Kernels.copy().copy(address + 8, address + 12, 4);
                System.out.println(segment.getAtIndex(ValueLayout.JAVA_FLOAT, 2) + " = "
                        + segment.getAtIndex(ValueLayout.JAVA_FLOAT, 3));
            }
        }
    }
}
