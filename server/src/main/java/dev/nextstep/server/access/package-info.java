/** Who may do what: API keys, their roles and quotas, and what is checked of a request before anything else is. */
@NullMarked
package dev.nextstep.server.access;

import org.jspecify.annotations.NullMarked;
