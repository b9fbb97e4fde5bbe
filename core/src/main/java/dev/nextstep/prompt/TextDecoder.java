package dev.nextstep.prompt;

/**
 * Token ids to text while they are being generated. A character can be spread over several tokens; what is incomplete
 * is held back. All pushes and the flush together give what {@link TextTokenizer#decode} gives for all ids at once. Not
 * thread-safe: one per stream.
 */
public final class TextDecoder {
    private final TextTokenizer tokenizer;
    private final Utf8Stream stream = new Utf8Stream();

    TextDecoder(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Takes the next id.
     *
     * @return the text that became complete with it, often empty; an id without a token adds nothing
     */
    public String push(int id) {
        tokenizer.write(id, stream);
        return stream.take();
    }

    /** Ends the text: what is still incomplete comes out as U+FFFD. The decoder can be used again afterwards. */
    public String flush() {
        stream.flush();
        return stream.take();
    }
}
