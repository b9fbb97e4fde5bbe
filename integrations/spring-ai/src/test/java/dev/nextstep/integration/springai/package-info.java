/** The image model as programs on Spring AI use it. */
@NullMarked
package dev.nextstep.integration.springai;

import org.jspecify.annotations.NullMarked;
