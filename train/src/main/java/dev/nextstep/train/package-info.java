/** Objectives, optimisers, stages, trainers, measures. */
@NullMarked
package dev.nextstep.train;

import org.jspecify.annotations.NullMarked;
