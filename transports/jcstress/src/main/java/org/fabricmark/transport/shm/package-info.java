/**
 * What two ranks may see of each other's signals and data, case by case, for jcstress. Open
 * {@code SignalAfterData} first; {@code Line} gives each case a signal line and a target of its own between two real attachments.
 * The cases are in the package of what they examine, because it is package-private.
 */
package org.fabricmark.transport.shm;
