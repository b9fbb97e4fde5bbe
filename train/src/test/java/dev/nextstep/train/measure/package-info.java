/** Tests of the measures. */
@NullMarked
package dev.nextstep.train.measure;

import org.jspecify.annotations.NullMarked;
