/** Files under the hash of what is in them: pictures, sources, masks, snapshots. */
@NullMarked
package dev.nextstep.server.store;

import org.jspecify.annotations.NullMarked;
