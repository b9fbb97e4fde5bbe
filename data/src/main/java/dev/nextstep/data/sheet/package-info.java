/** Pictures to look at: sheets of thumbnails, and pages that need nothing else. */
@NullMarked
package dev.nextstep.data.sheet;

import org.jspecify.annotations.NullMarked;
