/**
 * Words to token ids: byte-level BPE, special tokens, prompt rows with guidance rows and padding (spec §5).
 */
@NullMarked
package dev.nextstep.prompt;

import org.jspecify.annotations.NullMarked;
