/**
 * Results as data: what one run has measured, how it is stored, and what is computed from stored runs.
 *
 * <p>This module depends on no other module of Fabricmark, because it must read a file that last year's build has written.
 */
package org.fabricmark.results;
