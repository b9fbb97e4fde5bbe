/** The command {@code serve}: an HTTP server with the images API that clients know, a queue that survives, and a page. */
@NullMarked
package dev.nextstep.server;

import org.jspecify.annotations.NullMarked;
