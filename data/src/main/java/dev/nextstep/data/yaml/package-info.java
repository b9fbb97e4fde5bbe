/** Settings in YAML whose mistakes are told with file, line and what was probably meant. */
@NullMarked
package dev.nextstep.data.yaml;

import org.jspecify.annotations.NullMarked;
