/**
 * Files to tensors and back: configuration, safetensors, the restricted PyTorch reader, model directories.
 */
@NullMarked
package dev.nextstep.checkpoint;

import org.jspecify.annotations.NullMarked;
