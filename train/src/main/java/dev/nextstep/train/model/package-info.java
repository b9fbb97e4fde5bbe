/** Training of language model, projectors and flow head (paper §3, Eq. 2; spec §8). */
@NullMarked
package dev.nextstep.train.model;

import org.jspecify.annotations.NullMarked;
