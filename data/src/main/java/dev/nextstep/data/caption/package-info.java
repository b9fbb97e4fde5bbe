/** From what a data set says about a picture to the text that is trained on (spec §8.7). */
@NullMarked
package dev.nextstep.data.caption;

import org.jspecify.annotations.NullMarked;
