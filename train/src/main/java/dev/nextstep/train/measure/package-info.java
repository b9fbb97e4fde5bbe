/**
 * How well a model draws: reconstruction, retrieval of the prompted glyph, style, edits, each with its standard error, and
 * a report of it.
 */
@NullMarked
package dev.nextstep.train.measure;

import org.jspecify.annotations.NullMarked;
