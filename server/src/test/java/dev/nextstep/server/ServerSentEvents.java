package dev.nextstep.server;

import dev.nextstep.server.http.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads server-sent events. */
public final class ServerSentEvents {
    private ServerSentEvents() {}

    /** One event. */
    public record Event(String name, String id, JsonNode data) {}

    /** All events of an answer. */
    public static List<Event> parse(String text) {
        var events = new ArrayList<Event>();
        for (var block : text.split("\n\n", -1)) {
            String name = "";
            String id = "";
            String data = "";
            for (var line : block.split("\n", -1)) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    data = line.substring("data: ".length());
                }
            }
            if (!data.isEmpty()) {
                events.add(new Event(name, id, Json.MAPPER.readTree(data)));
            }
        }
        return events;
    }
}
