/** The jobs API: ask now, look later. */
@NullMarked
package dev.nextstep.server.jobs;

import org.jspecify.annotations.NullMarked;
