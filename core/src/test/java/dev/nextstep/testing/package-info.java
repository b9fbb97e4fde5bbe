/** What tests of several rooms share: where golden values are, how they are compared. */
@NullMarked
package dev.nextstep.testing;

import org.jspecify.annotations.NullMarked;
