/**
 * What ranks of one host may see of each other's aborts, for jcstress. The cases are in the package of what they examine, because it is
 * package-private.
 */
package org.fabricmark.transport.host;
