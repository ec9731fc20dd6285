package org.fabricmark.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** How the benchmarks of this package are measured where they do not say otherwise: JMH looks for annotations in superclasses too. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Threads(1)
@Fork(
        value = 2,
        jvmArgsAppend = {ForkFlags.ADD_MODULES, ForkFlags.VECTOR, ForkFlags.NATIVE, ForkFlags.UNSAFE})
abstract class MeasuredInForks {}
