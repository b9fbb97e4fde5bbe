@NullMarked
package dev.nextstep.data.pack;

import org.jspecify.annotations.NullMarked;
