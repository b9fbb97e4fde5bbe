@NullMarked
package dev.nextstep.data;

import org.jspecify.annotations.NullMarked;
