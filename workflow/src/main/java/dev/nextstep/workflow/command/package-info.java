/** The commands {@code batch}, {@code config}, {@code quality} and {@code workflow}: one class each. */
@NullMarked
package dev.nextstep.workflow.command;

import org.jspecify.annotations.NullMarked;
