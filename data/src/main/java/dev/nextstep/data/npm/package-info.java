/** Packages of the npm registry as sources of data: fetched once, held to a pinned checksum, read without unpacking. */
@NullMarked
package dev.nextstep.data.npm;

import org.jspecify.annotations.NullMarked;
