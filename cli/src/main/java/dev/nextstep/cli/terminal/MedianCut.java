package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses colours for a picture by median cut (Heckbert, "Color image quantization for frame buffer display", 1982): the
 * box of colours that is worst served is cut at its middle pixel until there are enough boxes. Deterministic.
 */
final class MedianCut {
    private MedianCut() {}

    /** A colour and how many pixels have it. */
    private record Entry(int rgb, int count) {
        int channel(int shift) {
            return rgb >> shift & 255;
        }
    }

    /** Colours that are cut together. */
    private record Box(List<Entry> entries, long pixels, int longestShift, int longestRange) {
        static Box of(List<Entry> entries) {
            int shift = 0;
            int range = -1;
            for (int candidate : new int[] {8, 16, 0}) { // on ties green first, the eye's best channel
                int low = 255;
                int high = 0;
                for (Entry entry : entries) {
                    low = Math.min(low, entry.channel(candidate));
                    high = Math.max(high, entry.channel(candidate));
                }
                if (high - low > range) {
                    range = high - low;
                    shift = candidate;
                }
            }
            return new Box(entries, entries.stream().mapToLong(Entry::count).sum(), shift, range);
        }

        /** How much is gained by cutting: many pixels far apart first. */
        long weight() {
            return entries.size() < 2 ? -1 : pixels * longestRange * longestRange;
        }

        int mean() {
            return mean(16) << 16 | mean(8) << 8 | mean(0);
        }

        private int mean(int shift) {
            long sum = 0;
            for (Entry entry : entries) {
                sum += (long) entry.channel(shift) * entry.count();
            }
            return (int) ((sum + pixels / 2) / pixels);
        }
    }

    /**
     * At most this many colours: all of the picture's if they are not more, otherwise the means of boxes.
     *
     * @param max at least 2
     */
    static int[] colors(Pixels pixels, int max) {
        List<Entry> entries = histogram(pixels);
        if (entries.size() <= max) {
            return entries.stream().mapToInt(Entry::rgb).toArray();
        }
        List<Box> boxes = new ArrayList<>(max);
        boxes.add(Box.of(entries));
        while (boxes.size() < max) {
            int worst = 0;
            for (int i = 1; i < boxes.size(); i++) {
                if (boxes.get(i).weight() > boxes.get(worst).weight()) {
                    worst = i;
                }
            }
            Box box = boxes.get(worst);
            if (box.weight() < 0) {
                break;
            }
            List<Entry> sorted = new ArrayList<>(box.entries());
            sorted.sort(Comparator.<Entry>comparingInt(e -> e.channel(box.longestShift()))
                    .thenComparingInt(Entry::rgb));
            int cut = middle(sorted, box.pixels());
            boxes.set(worst, Box.of(List.copyOf(sorted.subList(0, cut))));
            boxes.add(Box.of(List.copyOf(sorted.subList(cut, sorted.size()))));
        }
        return boxes.stream().mapToInt(Box::mean).distinct().toArray();
    }

    /** Where half of the pixels lie on each side; at least one colour on each. */
    private static int middle(List<Entry> sorted, long pixels) {
        long seen = 0;
        for (int i = 0; i < sorted.size() - 1; i++) {
            seen += sorted.get(i).count();
            if (2 * seen >= pixels) {
                return i + 1;
            }
        }
        return sorted.size() - 1;
    }

    /** The picture's colours in ascending order. */
    private static List<Entry> histogram(Pixels pixels) {
        int[] all = new int[pixels.width() * pixels.height()];
        for (int i = 0; i < all.length; i++) {
            all[i] = pixels.rgb(i % pixels.width(), i / pixels.width());
        }
        Arrays.sort(all);
        List<Entry> entries = new ArrayList<>();
        for (int from = 0; from < all.length; ) {
            int to = from;
            while (to < all.length && all[to] == all[from]) {
                to++;
            }
            entries.add(new Entry(all[from], to - from));
            from = to;
        }
        return entries;
    }
}
