@NullMarked
package dev.nextstep.data.sequence;

import org.jspecify.annotations.NullMarked;
