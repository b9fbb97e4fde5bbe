/**
 * The flow-matching head (spec §6): hidden state in, image token out, through one of the samplers.
 */
@NullMarked
package dev.nextstep.flow;

import org.jspecify.annotations.NullMarked;
