/**
 * What surrounds the steps of a training: the folder of a run, checkpoints that are whole or not there, random numbers
 * that need no saving, the guard against divergence, ends, stopping and resuming, and the loop that puts them together.
 */
@NullMarked
package dev.nextstep.train.run;

import org.jspecify.annotations.NullMarked;
