package dev.nextstep.data.emoji;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Pictures in a row, each after its words.
 *
 * @param lead what they have in common
 * @param items in order, at least two
 */
record Series(String lead, List<Item> items) {
    /**
     * One picture.
     *
     * @param words what tells it from its neighbours
     * @param picture the picture
     */
    record Item(String words, RenderedEmoji picture) {}

    Series {
        items = List.copyOf(items);
    }

    /** The caption with the places of the pictures. */
    String caption() {
        var parts = new StringBuilder(lead).append(':');
        for (int i = 0; i < items.size(); i++) {
            parts.append(' ')
                    .append(items.get(i).words)
                    .append(" <image_")
                    .append(i)
                    .append('>');
        }
        return parts.toString();
    }

    List<RenderedEmoji> pictures() {
        return items.stream().map(Item::picture).toList();
    }

    /** Names the series. */
    String key() {
        return items.stream().map(item -> item.picture.id()).collect(Collectors.joining(" "));
    }
}
