/** Tests of the prompt room. */
@NullMarked
package dev.nextstep.prompt;

import org.jspecify.annotations.NullMarked;
