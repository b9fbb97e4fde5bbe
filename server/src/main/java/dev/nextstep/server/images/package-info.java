/** The images API as clients of OpenAI's know it. */
@NullMarked
package dev.nextstep.server.images;

import org.jspecify.annotations.NullMarked;
