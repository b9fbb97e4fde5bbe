/**
 * The generation loop (spec §7): rows, positions, random streams, progress, cancelling, memory arithmetic.
 */
@NullMarked
package dev.nextstep.engine;

import org.jspecify.annotations.NullMarked;
