/** Clients of OpenAI's images API that other people wrote, unchanged, against a running server. */
@NullMarked
package dev.nextstep.server.clients;

import org.jspecify.annotations.NullMarked;
