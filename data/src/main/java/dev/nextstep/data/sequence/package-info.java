/** Captions and pictures as token sequences with labels (spec §8.2), and the official code's seeds (spec §8.8). */
@NullMarked
package dev.nextstep.data.sequence;

import org.jspecify.annotations.NullMarked;
