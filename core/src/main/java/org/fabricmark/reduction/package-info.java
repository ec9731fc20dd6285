/**
 * The loops that touch every element: reduction and copy, on absolute addresses.
 *
 * <p>Start at {@link org.fabricmark.reduction.Kernels}: it chooses the implementation once and hands out a
 * {@link org.fabricmark.reduction.ReduceKernel} for each type and operation and the one
 * {@link org.fabricmark.reduction.CopyKernel}. Behind them, {@code VectorKernel}, {@code Bfloat16Kernel}, {@code Float16Kernel}
 * and {@code ScalarKernel} are templates: written once, defined once more for each (type, operation) by {@code KernelTemplate},
 * so that the compiler sees constants. The scalar one defines the result;
 * the vector ones are proven equal to it bit for bit, except that a NaN of 32 or 64 bits is only promised to be a NaN: which
 * of two NaNs an addition passes on, processors and compilers decide. One of 16 bits is always the same.
 *
 * <p>Nothing here owns memory, checks bounds, allocates or blocks: whoever binds a schedule has checked its addresses and
 * keeps them mapped. All kernels are stateless and serve any number of threads.
 */
package org.fabricmark.reduction;
