/**
 * How good a picture is, by measures that need no reference: the four published ones, and detectors of what goes wrong in
 * pictures of this kind of model.
 */
@NullMarked
package dev.nextstep.workflow.quality;

import org.jspecify.annotations.NullMarked;
