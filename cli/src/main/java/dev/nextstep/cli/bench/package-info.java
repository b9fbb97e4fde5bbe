/**
 * What {@code nextstep bench} measures, and what it makes of it: kernels against this machine's limits, the stages of a
 * picture, batches, memory; text, JSON and a page; the history of runs. The command itself stands one package above.
 */
@NullMarked
package dev.nextstep.cli.bench;

import org.jspecify.annotations.NullMarked;
