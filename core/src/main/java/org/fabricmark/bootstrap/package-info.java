/**
 * How ranks come to be. Open {@link org.fabricmark.bootstrap.Job} first: what all ranks of a run have in common, and the way for
 * one rank to {@linkplain org.fabricmark.bootstrap.Job#attach attach}. {@link org.fabricmark.bootstrap.ThreadRanks} runs a
 * {@link org.fabricmark.bootstrap.RankTask} on ranks that are threads of this process;
 * {@link org.fabricmark.bootstrap.ProcessRanks} starts ranks as processes, {@link org.fabricmark.bootstrap.ChildRank} is the other
 * end of it. {@link org.fabricmark.bootstrap.Pinning} says which core a rank stays on.
 *
 * <pre>
 *   launcher                                    process of rank 1, 2, ...
 *     rank 0 (a thread)  &lt;--- transport ---&gt;  rank
 *       | looks at a Watch                        | looks at a Watch
 *     ProcessRanks   --- stdin: description, then nothing; its end ends the rank ---&gt;  ChildRank
 *     ChildProcess  &lt;--- stdout: RankReport;  stderr: what anybody prints ---
 * </pre>
 *
 * <p>Ranks share nothing but the job: they meet through the transport, as processes would. Whoever starts ranks ends them: the
 * first failure wins, the others are told, all are joined.
 */
package org.fabricmark.bootstrap;
