/** Tests of files that appear whole. */
@NullMarked
package dev.nextstep.data.files;

import org.jspecify.annotations.NullMarked;
