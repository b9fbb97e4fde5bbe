/** Workflows and batches as jobs: lists of pictures with settings of their own, and the package of all of them. */
@NullMarked
package dev.nextstep.server.workflows;

import org.jspecify.annotations.NullMarked;
