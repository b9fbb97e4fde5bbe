/** Tests of learned vocabularies. */
@NullMarked
package dev.nextstep.data.vocabulary;

import org.jspecify.annotations.NullMarked;
