/**
 * The loops that touch every element, on absolute addresses. Open {@link org.fabricmark.reduction.ReduceKernel} first.
 *
 * <p>Nothing here owns memory, checks bounds or allocates: whoever binds a schedule has checked its addresses.
 */
package org.fabricmark.reduction;
