/**
 * The causal transformer (spec §3): embeddings in, hidden states out, with a key/value cache.
 */
@NullMarked
package dev.nextstep.transformer;

import org.jspecify.annotations.NullMarked;
