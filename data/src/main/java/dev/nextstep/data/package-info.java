/** Captioned pictures on disk: shards, filters, captions, mixing, the emoji set. */
@NullMarked
package dev.nextstep.data;

import org.jspecify.annotations.NullMarked;
