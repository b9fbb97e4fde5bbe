/** Stages of training as YAML files: read, checked and turned into runs. */
@NullMarked
package dev.nextstep.train.recipe;

import org.jspecify.annotations.NullMarked;
