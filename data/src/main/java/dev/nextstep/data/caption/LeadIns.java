package dev.nextstep.data.caption;

import java.util.List;
import java.util.Locale;

/** Phrases with which describing models begin, and which say nothing: "The image shows …" (spec §8.7). */
final class LeadIns {
    private static final List<String> ENGLISH = List.of(
            "the image depicts ",
            "the image shows ",
            "the image features ",
            "the image is ",
            "the image displays ",
            "the image captures ",
            "the image consists of ",
            "in the image, ",
            "in this image, ");

    // Verb after noun: "this picture shows" in its usual variants.
    private static final List<String> CHINESE_NOUNS =
            List.of("这张图片", "这幅图片", "该图片", "图片", "这张图像", "这幅图像", "该图像", "图像", "这张图", "这幅图", "图中", "画面中", "画面");
    private static final List<String> CHINESE_VERBS =
            List.of("展示了", "显示了", "描绘了", "呈现了", "展现了", "捕捉了", "描述了", "中展示了", "中显示了", "展示的是", "是");

    private LeadIns() {}

    /** The text without the phrase at its beginning, if it has one and something follows. */
    static String remove(String text) {
        String low = text.toLowerCase(Locale.ROOT);
        // A letter that changes its length when it becomes small would shift the cut.
        if (low.length() == text.length()) {
            for (String phrase : ENGLISH) {
                if (low.startsWith(phrase)) {
                    return rest(text, phrase.length());
                }
            }
        }
        for (String noun : CHINESE_NOUNS) {
            if (text.startsWith(noun)) {
                for (String verb : CHINESE_VERBS) {
                    if (text.startsWith(verb, noun.length())) {
                        return rest(text, noun.length() + verb.length());
                    }
                }
            }
        }
        return text;
    }

    private static String rest(String text, int from) {
        String rest = text.substring(from).stripLeading();
        return rest.isEmpty() ? text : rest;
    }
}
