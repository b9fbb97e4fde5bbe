@NullMarked
package dev.nextstep.data.npm;

import org.jspecify.annotations.NullMarked;
