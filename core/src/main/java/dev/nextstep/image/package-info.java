/**
 * Pictures outside the model: reading, writing, Pillow-exact resampling, aspect buckets (spec §4.1, §4.6, §4.7), and the texts
 * and generation settings that they carry.
 */
@NullMarked
package dev.nextstep.image;

import org.jspecify.annotations.NullMarked;
