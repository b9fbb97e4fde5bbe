/**
 * What is trained, cut into the part that differs ({@link dev.nextstep.train.task.Lesson}: network, data, loss) and the part that
 * does not ({@link dev.nextstep.train.task.LearningTask}: optimiser, averages, accumulation).
 */
@NullMarked
package dev.nextstep.train.task;

import org.jspecify.annotations.NullMarked;
