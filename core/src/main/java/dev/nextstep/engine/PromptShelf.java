package dev.nextstep.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The prompts that are in use, and some that were: pictures of one prompt, and the unconditional rows of many, read them
 * once. Belongs to the engine's thread.
 */
final class PromptShelf {
    private final ModelBackend backend;
    private final long idleLimit;
    private final Map<RowContent, Prompt> prompts = new HashMap<>();
    private final SequencedSet<Prompt> idle = new LinkedHashSet<>(); // oldest first
    private long idleBytes;

    /**
     * An empty shelf.
     *
     * @param idleLimit most memory in bytes of prompts that nobody uses
     */
    PromptShelf(ModelBackend backend, long idleLimit) {
        this.backend = backend;
        this.idleLimit = idleLimit;
    }

    /** The prompt of that content, used by one more; new if it is not here. */
    Prompt take(RowContent content) {
        var prompt = prompts.get(content);
        if (prompt == null) {
            prompt = new Prompt(content, this, backend);
            prompts.put(content, prompt);
        } else if (idle.remove(prompt)) {
            idleBytes -= bytes(prompt);
        }
        prompt.use();
        return prompt;
    }

    /** Nobody uses the prompt any more. */
    void idle(Prompt prompt) {
        if (!prompt.isRead()) {
            drop(prompt);
            return;
        }
        idle.add(prompt);
        idleBytes += bytes(prompt);
        while (idleBytes > idleLimit) {
            var oldest = idle.removeFirst();
            idleBytes -= bytes(oldest);
            drop(oldest);
        }
    }

    /** Forgets a prompt whose reading failed. */
    void drop(Prompt prompt) {
        prompts.remove(prompt.content(), prompt);
        prompt.sequence().close();
    }

    /** Forgets all; nothing may be in use. */
    void clear() {
        prompts.values().forEach(prompt -> prompt.sequence().close());
        prompts.clear();
        idle.clear();
        idleBytes = 0;
    }

    private long bytes(Prompt prompt) {
        return backend.cache().bytes(prompt.content().length());
    }
}
