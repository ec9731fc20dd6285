/**
 * Calls of the operating system that Java does not offer. {@link org.fabricmark.system.CLibrary} is the one class that binds the
 * C library; whoever needs another of its functions adds a method there.
 *
 * <p>Every method is an ordinary native call: it may be used from any thread, and never on a step of a schedule.
 */
package org.fabricmark.system;
