/**
 * What users type, as values: each option has a type that accepts what is right and says in one line what is wrong.
 *
 * <p>Open {@link org.fabricmark.bench.cli.argument.Misuse} first: how every wrong argument ends. Then
 * {@link org.fabricmark.bench.cli.argument.RankCounts} as an example of a type with its converter;
 * {@link org.fabricmark.bench.cli.argument.AlgorithmNames} shows a type whose last check needs another option.
 * {@link org.fabricmark.bench.cli.argument.LaterOptions} knows the names that are promised but not there yet.
 *
 * <p>Everything here is an immutable value or a stateless converter; nothing is started or opened while parsing.
 */
package org.fabricmark.bench.cli.argument;
