/** Workflows: templates with typed parameters that become batches, and the folder that a run of one leaves. */
@NullMarked
package dev.nextstep.workflow.template;

import org.jspecify.annotations.NullMarked;
