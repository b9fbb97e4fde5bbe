/** Training of the image tokenizer (paper §3.2 and Eq. 3; spec §4.4). */
@NullMarked
package dev.nextstep.train.tokenizer;

import org.jspecify.annotations.NullMarked;
