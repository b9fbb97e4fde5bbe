/** A user's own pictures and texts as samples: folders, CSV and JSON lists. */
@NullMarked
package dev.nextstep.data.source;

import org.jspecify.annotations.NullMarked;
