/** Sequences laid into rows of a batch (spec §8.8). */
@NullMarked
package dev.nextstep.data.pack;

import org.jspecify.annotations.NullMarked;
