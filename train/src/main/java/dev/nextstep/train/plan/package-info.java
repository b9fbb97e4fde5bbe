/**
 * What a stage of training will cost, worked out from its recipe alone: parameters, arithmetic, memory, days. Nothing here
 * makes weights; data sets are looked at where they are there.
 */
@NullMarked
package dev.nextstep.train.plan;

import org.jspecify.annotations.NullMarked;
