/** Spring AI's image model on a model in the same process: no server, no network. */
@NullMarked
package dev.nextstep.integration.springai;

import org.jspecify.annotations.NullMarked;
