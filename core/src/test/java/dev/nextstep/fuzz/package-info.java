/** Fuzzing: every reader of outside bytes is fed with bytes that nobody foresaw (docs/fuzzing.md). */
@NullMarked
package dev.nextstep.fuzz;

import org.jspecify.annotations.NullMarked;
