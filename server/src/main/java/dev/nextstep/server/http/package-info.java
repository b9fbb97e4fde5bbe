/** What all addresses of the server have in common: errors, parameters, JSON, server-sent events, health. */
@NullMarked
package dev.nextstep.server.http;

import org.jspecify.annotations.NullMarked;
