/** The queue: jobs in a database, who draws them and in which order, and what changes. */
@NullMarked
package dev.nextstep.server.queue;

import org.jspecify.annotations.NullMarked;
