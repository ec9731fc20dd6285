/**
 * How ranks come to be. Open {@link org.fabricmark.bootstrap.Job} first: what all ranks of a run have in common, and the way for
 * one rank to {@linkplain org.fabricmark.bootstrap.Job#attach attach}. {@link org.fabricmark.bootstrap.ThreadRanks} runs a
 * {@link org.fabricmark.bootstrap.RankTask} on ranks that are threads of this process.
 *
 * <p>Ranks share nothing but the job: they meet through the transport, as processes would. Whoever starts ranks ends them: the
 * first failure wins, the others are told, all are joined.
 */
package org.fabricmark.bootstrap;
