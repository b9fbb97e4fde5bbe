/** The page in a real browser. */
@NullMarked
package dev.nextstep.server.page;

import org.jspecify.annotations.NullMarked;
