/**
 * The loop that every training shares: steps, schedule, averages, guard, validation, checkpoints, exact resume. What is
 * learned is a {@link dev.nextstep.train.loop.TrainingTask}.
 */
@NullMarked
package dev.nextstep.train.loop;

import org.jspecify.annotations.NullMarked;
