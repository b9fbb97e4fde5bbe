/** The image model as programs on LangChain4j use it. */
@NullMarked
package dev.nextstep.integration.langchain4j;

import org.jspecify.annotations.NullMarked;
