/** Several data sets drawn from in given shares, and the rows that a training reads (spec §8.8). */
@NullMarked
package dev.nextstep.data.mix;

import org.jspecify.annotations.NullMarked;
