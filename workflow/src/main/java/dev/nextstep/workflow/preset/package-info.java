/** Named qualities, and what each means on the model in use. */
@NullMarked
package dev.nextstep.workflow.preset;

import org.jspecify.annotations.NullMarked;
