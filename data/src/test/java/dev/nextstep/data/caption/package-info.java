@NullMarked
package dev.nextstep.data.caption;

import org.jspecify.annotations.NullMarked;
