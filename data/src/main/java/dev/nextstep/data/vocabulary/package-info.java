/** Learning the token vocabulary of a small model from its captions: byte-level BPE in Qwen2's layout (spec §1.3). */
@NullMarked
package dev.nextstep.data.vocabulary;

import org.jspecify.annotations.NullMarked;
