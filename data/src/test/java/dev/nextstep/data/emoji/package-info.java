@NullMarked
package dev.nextstep.data.emoji;

import org.jspecify.annotations.NullMarked;
