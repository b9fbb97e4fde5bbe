/** What Prometheus reads of a server: queue, drawing, requests, process. */
@NullMarked
package dev.nextstep.server.metrics;

import org.jspecify.annotations.NullMarked;
