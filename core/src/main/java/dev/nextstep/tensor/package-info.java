/**
 * What every other room speaks of: element types, named tensors over mapped memory, sets of named tensors. Depends on nothing.
 */
@NullMarked
package dev.nextstep.tensor;

import org.jspecify.annotations.NullMarked;
