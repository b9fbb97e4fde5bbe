@NullMarked
package dev.nextstep.data.shard;

import org.jspecify.annotations.NullMarked;
