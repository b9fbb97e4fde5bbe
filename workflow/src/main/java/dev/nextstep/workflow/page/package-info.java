/** Pages for a browser: text that is never markup, and one look for all of them. */
@NullMarked
package dev.nextstep.workflow.page;

import org.jspecify.annotations.NullMarked;
