/** What practitioners put round the model: presets, batches, a quality gate, workflows. */
@NullMarked
package dev.nextstep.workflow;

import org.jspecify.annotations.NullMarked;
