/**
 * What is kept of a data set and what is not (spec §8.7, paper §3.3): named steps with thresholds, and a report of what each
 * of them dropped, in numbers and in pictures.
 */
@NullMarked
package dev.nextstep.data.filter;

import org.jspecify.annotations.NullMarked;
