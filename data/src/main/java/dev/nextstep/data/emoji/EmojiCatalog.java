package dev.nextstep.data.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.data.npm.NpmException;
import dev.nextstep.data.npm.NpmPackage;
import dev.nextstep.data.npm.NpmPackages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which glyphs there are and who draws them.
 *
 * @param glyphs by code, in the order of Unicode's emoji charts
 * @param drawings in the order of styles, then of glyphs
 * @param report what was joined and what was not
 */
public record EmojiCatalog(Map<String, Glyph> glyphs, List<Drawing> drawings, JoinReport report) {
    /** Where names and keywords come from. */
    public static final NpmPackage NAMES = new NpmPackage(
            "emojibase-data",
            "17.0.0",
            "sha512-Yvgb5AWoHViHV/gq1qr5ZAarcBip+B27/ZLRsUJkbgAEaLlZ/fof9g882LTpmEpyhBNEC0m2SEmItljHsTygjA==");

    private static final String DATA = "en/data.json";
    private static final String GROUPS = "meta/groups.json";
    private static final String MESSAGES = "en/messages.json";
    private static final List<String> SHORT_CODES =
            List.of("en/shortcodes/emojibase.json", "en/shortcodes/github.json");

    /** Copies the collections. */
    public EmojiCatalog {
        glyphs = Collections.unmodifiableMap(new LinkedHashMap<>(glyphs));
        drawings = List.copyOf(drawings);
    }

    /**
     * Reads the pinned packages.
     *
     * @throws NpmException if one cannot be had or read
     */
    public static EmojiCatalog read(NpmPackages packages) {
        var glyphs = glyphs(packages);
        var sets = new EnumMap<EmojiStyle, IconSet>(EmojiStyle.class);
        for (var style : EmojiStyle.values()) {
            sets.put(style, IconSet.of(style, packages));
        }
        return join(glyphs, sets);
    }

    private static Map<String, Glyph> glyphs(NpmPackages packages) {
        var wanted = new ArrayList<>(List.of(DATA, GROUPS, MESSAGES));
        wanted.addAll(SHORT_CODES);
        var files = packages.read(NAMES, wanted);
        try {
            var mapper = new ObjectMapper();
            var shortCodes = new ArrayList<JsonNode>();
            for (var file : SHORT_CODES) {
                shortCodes.add(mapper.readTree(files.get(file)));
            }
            return GlyphReader.read(
                    mapper.readTree(files.get(DATA)),
                    mapper.readTree(files.get(GROUPS)),
                    mapper.readTree(files.get(MESSAGES)),
                    shortCodes);
        } catch (IOException | IllegalArgumentException e) {
            throw new NpmException(
                    NpmException.Reason.CONTENT, NAMES + ": its data cannot be read (" + e.getMessage() + ")", e);
        }
    }

    static EmojiCatalog join(Map<String, Glyph> glyphs, Map<EmojiStyle, IconSet> sets) {
        var drawings = new ArrayList<Drawing>();
        var joined = new EnumMap<EmojiStyle, JoinReport.Style>(EmojiStyle.class);
        sets.forEach((style, icons) -> {
            var join = IconJoin.of(style, glyphs, icons);
            join.icons().forEach((code, icon) -> drawings.add(new Drawing(join.glyph(code), style, icon)));
            joined.put(style, join.report());
        });
        return new EmojiCatalog(glyphs, drawings, new JoinReport(joined));
    }
}
