/** The {@code nextstep} command: one class per command. */
@NullMarked
package dev.nextstep.cli;

import org.jspecify.annotations.NullMarked;
