/** The page for people: files that the server sends to browsers. */
@NullMarked
package dev.nextstep.server.page;

import org.jspecify.annotations.NullMarked;
