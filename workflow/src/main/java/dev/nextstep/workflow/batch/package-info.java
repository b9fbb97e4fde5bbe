/** Many prompts in one go: what is asked, what is planned, what is done. */
@NullMarked
package dev.nextstep.workflow.batch;

import org.jspecify.annotations.NullMarked;
