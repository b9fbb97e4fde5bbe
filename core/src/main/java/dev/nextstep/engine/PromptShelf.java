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
    /** Prompts that nobody uses take at most this part of the memory; they go at once when it is needed. */
    private static final int IDLE_SHARE = 8;

    private final ModelBackend backend;
    private final long idleLimit;
    private final Map<RowContent, Prompt> prompts = new HashMap<>();
    private final SequencedSet<Prompt> idle = new LinkedHashSet<>(); // oldest first
    private long idleBytes;

    /** An empty shelf. */
    PromptShelf(ModelBackend backend) {
        this.backend = backend;
        this.idleLimit = backend.cache().limitBytes() / IDLE_SHARE;
    }

    /**
     * The prompt of that content, used by one more; new if it is not here.
     *
     * @throws MemoryException if there is no room for it
     */
    Prompt take(RowContent content) {
        var prompt = prompts.get(content);
        if (prompt == null) {
            prompt = new Prompt(content, this, backend, begin(content));
            prompts.put(content, prompt);
        } else if (idle.remove(prompt)) {
            idleBytes -= bytes(prompt);
        }
        prompt.use();
        return prompt;
    }

    // A sequence that has of the content what another prompt begins with too, if that saves whole pages. The last
    // position
    // is always read, for its hidden state.
    private Sequence begin(RowContent content) {
        int most = 0;
        Prompt longest = null;
        for (var other : prompts.values()) {
            int common = Math.min(content.commonPrefix(other.content()), Math.min(other.read(), content.length() - 1));
            if (common > most) {
                most = common;
                longest = other;
            }
        }
        if (longest == null || most < backend.cache().pageTokens()) {
            return backend.newSequence(content.offset(), content.length());
        }
        var sequence = longest.sequence().fork(0);
        try {
            sequence.truncate(most);
            sequence.reserve(content.length() - most);
            return sequence;
        } catch (RuntimeException | Error e) {
            sequence.close();
            throw e;
        }
    }

    /** Forgets what nobody uses; false if there was nothing of the kind. */
    boolean dropIdle() {
        boolean isChanged = !idle.isEmpty();
        idle.forEach(this::drop);
        idle.clear();
        idleBytes = 0;
        return isChanged;
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
