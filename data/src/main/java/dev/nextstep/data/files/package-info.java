/** Files that appear whole or not at all. */
@NullMarked
package dev.nextstep.data.files;

import org.jspecify.annotations.NullMarked;
