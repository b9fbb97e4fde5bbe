package dev.nextstep.workflow.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What a worker process tells the one that began it, a line of JSON each. */
sealed interface WorkerMessage {
    /** Its model is open and its plan is the same. */
    record Ready() implements WorkerMessage {}

    /** It is alive. */
    record Beat() implements WorkerMessage {}

    /** A picture is on disk, or given up. */
    record Made(PictureRecord record) implements WorkerMessage {}

    /**
     * No picture can be made any more.
     *
     * @param reason for people, such as a full disk
     */
    record Fatal(String reason) implements WorkerMessage {}

    /** As a line without its end. */
    default String line() {
        var node = Lines.MAPPER.createObjectNode();
        switch (this) {
            case Ready() -> node.put("ready", true);
            case Beat() -> node.put("beat", true);
            case Made(var made) -> node.set("made", RecordJson.write(made));
            case Fatal(var reason) -> node.put("fatal", reason);
        }
        return node.toString();
    }

    /** Reads a line; empty if it is none of these, such as the half line of a process that was killed. */
    static Optional<WorkerMessage> of(String line) {
        try {
            var node = Lines.MAPPER.readTree(line);
            if (node.path("beat").asBoolean()) {
                return Optional.of(new Beat());
            }
            if (node.path("ready").asBoolean()) {
                return Optional.of(new Ready());
            }
            if (node.path("fatal").isTextual()) {
                return Optional.of(new Fatal(node.path("fatal").asText()));
            }
            return RecordJson.isWhole(node.path("made"))
                    ? Optional.of(new Made(RecordJson.read(node.path("made"))))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Its writer. */
    final class Lines {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Lines() {}
    }
}
