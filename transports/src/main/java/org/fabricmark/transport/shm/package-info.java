/** Ranks that share memory on one host. */
package org.fabricmark.transport.shm;
