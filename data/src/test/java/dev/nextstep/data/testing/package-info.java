@NullMarked
package dev.nextstep.data.testing;

import org.jspecify.annotations.NullMarked;
