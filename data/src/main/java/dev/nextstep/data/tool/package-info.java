/** Data folders built, indexed, checked and shown. Each tool is a call with a result; commands print them. */
@NullMarked
package dev.nextstep.data.tool;

import org.jspecify.annotations.NullMarked;
