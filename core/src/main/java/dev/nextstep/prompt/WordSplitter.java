package dev.nextstep.prompt;

import java.util.function.Consumer;

/** Cuts text into the words that BPE never merges across. */
sealed interface WordSplitter permits QwenSplitter, RegexSplitter {
    /** Passes on every piece of the text in order; together they are the text. */
    void split(String text, Consumer<String> words);
}
