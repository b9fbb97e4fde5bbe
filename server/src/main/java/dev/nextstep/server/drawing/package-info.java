/** Between requests and the model: what is asked for with nothing left open, and how it is drawn. */
@NullMarked
package dev.nextstep.server.drawing;

import org.jspecify.annotations.NullMarked;
