/** What is not drawn or not shown: words of prompts, and filters of pictures that somebody puts on the class path. */
@NullMarked
package dev.nextstep.server.safety;

import org.jspecify.annotations.NullMarked;
