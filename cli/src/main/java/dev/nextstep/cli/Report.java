package dev.nextstep.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Facts in sections, printed for people or as JSON from one list. */
final class Report {
    private final Map<String, Object> json = new LinkedHashMap<>();
    private final List<Section> sections = new ArrayList<>();

    /** One section: a title for people, a key for JSON. */
    static final class Section {
        private final String title;
        private final Map<String, Object> members = new LinkedHashMap<>();
        private final List<List<String>> lines = new ArrayList<>();

        private Section(String title) {
            this.title = title;
        }

        /** A fact whose text is its value. */
        Section add(String key, Object value) {
            return add(key, value, String.valueOf(value));
        }

        /** A fact with a text for people. */
        Section add(String key, Object value, String text) {
            members.put(key, value);
            lines.add(List.of(key.replace('_', ' '), text));
            return this;
        }

        /** The same for a name from outside, which is shown as it is; a name that comes again gets a number. */
        Section addNamed(String name, Object value, String text) {
            String key = name;
            for (int i = 2; members.containsKey(key); i++) {
                key = name + " " + i;
            }
            members.put(key, value);
            lines.add(List.of(name, text));
            return this;
        }
    }

    Section section(String title) {
        var section = new Section(title);
        sections.add(section);
        json.put(title.toLowerCase(java.util.Locale.ROOT).replace(' ', '_'), section.members);
        return section;
    }

    void printJson(PrintWriter out) {
        JsonReport.print(out, json);
    }

    void printText(PrintWriter out) {
        String gap = "";
        for (var section : sections) {
            out.print(gap);
            out.println(section.title);
            gap = System.lineSeparator();
            int width = section.lines.stream()
                    .mapToInt(l -> l.getFirst().length())
                    .max()
                    .orElse(1);
            for (var line : section.lines) {
                out.println(("  %-" + width + "s  %s").formatted(line.get(0), line.get(1)));
            }
        }
    }
}
