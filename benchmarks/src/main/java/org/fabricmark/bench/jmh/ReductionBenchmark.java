package org.fabricmark.bench.jmh;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.reduction.CopyKernel;
import org.fabricmark.reduction.Kernels;
import org.fabricmark.reduction.ReduceKernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The element kernels alone: time of one call. The rate in GB/s, bytes read and written, is
 * {@code bytes * (sources + destinations) / (ns/op)} for each thread ({@code -t 2} runs two, each on memory of its own).
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class ReductionBenchmark extends MeasuredInForks {
    /** Reduces the sources of the shape into each of its destinations. */
    @Benchmark
    public void reduce(Operands operands, Reduction reduction) {
        reduction.kernel.reduce(
                operands.addresses, 0, reduction.sources, reduction.destinations, 0, operands.bytes / reduction.width);
    }

    /** As {@link #reduce}, divided by the number of sources. */
    @Benchmark
    public void average(Operands operands, Reduction reduction) {
        reduction.kernel.reduceAndDivide(
                operands.addresses,
                0,
                reduction.sources,
                reduction.destinations,
                0,
                operands.bytes / reduction.width,
                reduction.sources);
    }

    /** One source to two destinations, read once. */
    @Benchmark
    public void multicast(Operands operands) {
        operands.copies.multicast(operands.addresses, 0, 2, 0, operands.bytes);
    }

    /** One source to one destination. */
    @Benchmark
    public void copy(Operands operands) {
        operands.copies.copy(operands.addresses[0], operands.addresses[1], operands.bytes);
    }

    /** What {@link #copy} is measured against: the JVM's bulk copy between two segments. */
    @Benchmark
    public void bulkCopy(Operands operands) {
        MemorySegment.copy(operands.segments[0], 0, operands.segments[1], 0, operands.bytes);
    }

    /** Memory of one thread: operands on pages of their own, shifted so that no two start at the same place in a page. */
    @State(Scope.Thread)
    public static class Operands {
        private static final int COUNT = 6;
        private static final int PAGE = 4096;
        private static final int SHIFT = 5 * 64;

        /** Bytes of one operand. */
        @Param({"64", "16384", "4194304"})
        public int bytes;

        private final CopyKernel copies = Kernels.copy();
        private final MemorySegment[] segments = new MemorySegment[COUNT];
        private final long[] addresses = new long[COUNT];

        /** Zeros are as fast to add as any other number that is not subnormal. */
        @Setup
        public void allocate() {
            for (int i = 0; i < COUNT; i++) {
                ByteBuffer memory = ByteBuffer.allocateDirect(bytes + 2 * PAGE).alignedSlice(64);
                segments[i] = MemorySegment.ofBuffer(memory).asSlice(i * SHIFT, bytes);
                segments[i].fill((byte) 0);
                addresses[i] = segments[i].address();
            }
        }
    }

    /** What is reduced. */
    @State(Scope.Thread)
    public static class Reduction {
        /** Sources and destinations. */
        @Param({"2x1", "2x2"})
        public String shape;

        /** Element type, as on the command line. */
        @Param("float")
        public String type;

        /** Operation, as on the command line. */
        @Param("sum")
        public String op;

        private ReduceKernel kernel;
        private int width;
        private int sources;
        private int destinations;

        /** Finds the kernel. */
        @Setup
        public void choose() {
            DataType dataType = DataType.named(type).orElseThrow();
            kernel = Kernels.forType(dataType, ReduceOp.named(op).orElseThrow());
            width = dataType.bytes();
            sources = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
            destinations = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
        }
    }
}
