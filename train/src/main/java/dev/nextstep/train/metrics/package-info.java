/**
 * What a run measures, and where it goes: a log of JSON lines, TensorBoard event files, the console. The report
 * ({@code dev.nextstep.train.report}) is made from the log.
 */
@NullMarked
package dev.nextstep.train.metrics;

import org.jspecify.annotations.NullMarked;
