package dev.nextstep.data.emoji;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of several wordings.
 *
 * @param text the wording
 * @param weight its share among them, above 0
 */
record WeightedText(String text, double weight) {

    /** Collects wordings; equal ones add up. */
    static final class Collector {
        private final Map<String, Double> weights = new LinkedHashMap<>();

        void add(double weight, String text) {
            weights.merge(text, weight, Double::sum);
        }

        /** The wordings in the order added, with weights that sum to 1, to four digits. */
        List<WeightedText> texts() {
            double sum =
                    weights.values().stream().mapToDouble(Double::doubleValue).sum();
            var texts = new ArrayList<WeightedText>();
            weights.forEach((text, weight) -> texts.add(new WeightedText(text, Math.round(1e4 * weight / sum) / 1e4)));
            return texts;
        }
    }

    /** As fields of a sample. */
    static List<Map<String, Object>> fields(List<WeightedText> texts) {
        var fields = new ArrayList<Map<String, Object>>();
        for (var text : texts) {
            // In this order: that of Map.of changes from run to run.
            var field = new LinkedHashMap<String, Object>();
            field.put("text", text.text);
            field.put("weight", text.weight);
            fields.add(field);
        }
        return fields;
    }
}
