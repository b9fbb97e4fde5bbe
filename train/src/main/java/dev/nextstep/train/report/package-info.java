/** One HTML file that shows a run: curves, validation by kind and noise level, pages of drawn samples, the recipe. */
@NullMarked
package dev.nextstep.train.report;

import org.jspecify.annotations.NullMarked;
