/** LangChain4j's image model on a model in the same process: no server, no network. */
@NullMarked
package dev.nextstep.integration.langchain4j;

import org.jspecify.annotations.NullMarked;
