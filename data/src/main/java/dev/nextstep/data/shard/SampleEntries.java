package dev.nextstep.data.shard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of one sample inside of a shard.
 *
 * @param key the sample's key; a key that comes again in the shard ends in {@code _1}, {@code _2}, …
 * @param texts files without a number, by their ending
 * @param pictures files with a number, or pictures without one, in the order of the numbers
 */
record SampleEntries(String key, Map<String, TarScanner.Entry> texts, List<TarScanner.Entry> pictures) {
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "webp");
    private static final Pattern NUMBERED = Pattern.compile("(.+)-(\\d{1,9})");

    /** The name of an entry, cut where the format says. */
    private record Name(String stem, int number, String ending) {
        String full() {
            return stem + "-" + number + "." + ending;
        }
    }

    /**
     * Groups entries: a sample is a run of entries with the same stem, with or without a number (spec §8.6). The official
     * reader numbers pictures per ending and re-orders them wrongly (spec §11 #37, #38); here the number alone counts.
     */
    static List<SampleEntries> group(Path file, List<TarScanner.Entry> entries, List<Damage> damage) {
        var samples = new ArrayList<SampleEntries>();
        var timesSeen = new HashMap<String, Integer>();
        var names = new ArrayList<Name>();
        var run = new ArrayList<TarScanner.Entry>();
        var inRun = new HashSet<String>();
        for (var entry : entries) {
            var name = parse(entry.name());
            if (name == null) {
                damage.add(new Damage(
                        Damage.Reason.IGNORED_ENTRY,
                        file,
                        entry.name(),
                        "its name is not key.ending or key-number.ending with exactly one dot"));
                continue;
            }
            // The same file again begins the same key again.
            boolean another =
                    !names.isEmpty() && (!names.getFirst().stem.equals(name.stem) || inRun.contains(name.full()));
            if (another) {
                samples.add(sample(names, run, timesSeen));
                names.clear();
                run.clear();
                inRun.clear();
            }
            names.add(name);
            run.add(entry);
            inRun.add(name.full());
        }
        if (!names.isEmpty()) {
            samples.add(sample(names, run, timesSeen));
        }
        return samples;
    }

    private static SampleEntries sample(List<Name> names, List<TarScanner.Entry> run, Map<String, Integer> timesSeen) {
        var texts = new HashMap<String, TarScanner.Entry>();
        var pictures = new ArrayList<Integer>();
        for (int i = 0; i < run.size(); i++) {
            if (PICTURES.contains(names.get(i).ending)) {
                pictures.add(i);
            } else {
                texts.putIfAbsent(names.get(i).ending, run.get(i));
            }
        }
        pictures.sort(Comparator.comparingInt(i -> names.get(i).number));
        // The stem may have directories; the key has none.
        String stem = names.getFirst().stem;
        String key = stem.substring(stem.lastIndexOf('/') + 1);
        int before = timesSeen.merge(stem, 1, Integer::sum) - 1;
        return new SampleEntries(
                before == 0 ? key : key + "_" + before,
                Map.copyOf(texts),
                pictures.stream().map(run::get).toList());
    }

    private static @org.jspecify.annotations.Nullable Name parse(String name) {
        int dot = name.indexOf('.');
        String base = name.substring(name.lastIndexOf('/') + 1);
        if (dot <= 0 || dot == name.length() - 1 || name.indexOf('.', dot + 1) >= 0 || base.startsWith(".")) {
            return null;
        }
        String stem = name.substring(0, dot);
        String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (ending.indexOf('/') >= 0 || stem.indexOf('\u0000') >= 0) {
            return null;
        }
        var numbered = NUMBERED.matcher(stem);
        return numbered.matches()
                ? new Name(numbered.group(1), Integer.parseInt(numbered.group(2)), ending)
                : new Name(stem, -1, ending);
    }
}
