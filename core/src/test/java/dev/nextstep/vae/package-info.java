/** Tests of the image tokenizer. */
@NullMarked
package dev.nextstep.vae;

import org.jspecify.annotations.NullMarked;
