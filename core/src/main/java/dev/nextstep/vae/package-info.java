/**
 * The image tokenizer (spec §4): pixels to normalised latents to tokens, and back.
 */
@NullMarked
package dev.nextstep.vae;

import org.jspecify.annotations.NullMarked;
