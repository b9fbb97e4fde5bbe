/** The commands that need data sets or libtorch: data, train, measure. */
@NullMarked
package dev.nextstep.lab;

import org.jspecify.annotations.NullMarked;
