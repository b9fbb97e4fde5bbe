/**
 * NextStep-1 for the JVM: open a model, then generate, edit, reconstruct or write.
 *
 * <p>Start at {@code NextStep}. The rooms behind it follow the way of the data: {@code prompt} → {@code transformer} →
 * {@code flow} → {@code vae} → {@code image}; {@code engine} runs them, {@code checkpoint} fills them with weights,
 * {@code kernel} and {@code tensor} are the floor.
 */
@NullMarked
package dev.nextstep;

import org.jspecify.annotations.NullMarked;
