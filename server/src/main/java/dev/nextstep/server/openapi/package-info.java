/** The OpenAPI document, made from the routes, the parameters and the answers that the code has. */
@NullMarked
package dev.nextstep.server.openapi;

import org.jspecify.annotations.NullMarked;
