/** Settings from defaults, a file, the environment and flags, each with where it came from. */
@NullMarked
package dev.nextstep.workflow.config;

import org.jspecify.annotations.NullMarked;
