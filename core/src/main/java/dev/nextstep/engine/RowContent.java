package dev.nextstep.engine;

import dev.nextstep.prompt.PromptRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the transformer reads before it draws: text and image tokens in turn, from an absolute position on. Rows of equal
 * content are read once, whoever asked for them.
 */
final class RowContent {
    private final int offset;
    private final List<Segment> segments;
    private final int length;
    private final int hash;

    /** A stretch of one kind. */
    private sealed interface Segment {
        int length();
    }

    private record Text(int[] ids) implements Segment {
        @Override
        public int length() {
            return ids.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Text(var others) && Arrays.equals(ids, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }
    }

    private record Tokens(float[] values, int length) implements Segment {
        @Override
        public boolean equals(Object other) {
            // Bits, not numbers: 0 and −0 are different inputs.
            return other instanceof Tokens(var others, var count)
                    && count == length
                    && (others == values || Arrays.equals(values, others));
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private RowContent(int offset, List<Segment> segments) {
        this.offset = offset;
        this.segments = List.copyOf(segments);
        this.length = segments.stream().mapToInt(Segment::length).sum();
        this.hash = 31 * offset + this.segments.hashCode();
    }

    /**
     * The content of a row.
     *
     * @param sources tokens [h·w, tokenDim] of the request's source pictures
     */
    static RowContent of(PromptRow row, List<float[]> sources) {
        int[] ids = row.ids();
        var segments = new ArrayList<Segment>();
        int at = 0;
        for (var span : row.pictures()) {
            if (span.offset() > at) {
                segments.add(new Text(Arrays.copyOfRange(ids, at, span.offset())));
            }
            int count = span.grid().tokens();
            segments.add(new Tokens(sources.get(span.picture()), count));
            at = span.offset() + count;
        }
        if (at < ids.length) {
            segments.add(new Text(Arrays.copyOfRange(ids, at, ids.length)));
        }
        return new RowContent(row.padding(), segments);
    }

    /** This, and image tokens [count, tokenDim] behind it. */
    RowContent then(float[] tokens, int count) {
        if (count == 0) {
            return this;
        }
        var longer = new ArrayList<>(segments);
        longer.add(new Tokens(tokens, count));
        return new RowContent(offset, longer);
    }

    /** Absolute position of the first entry. */
    int offset() {
        return offset;
    }

    /** Positions. */
    int length() {
        return length;
    }

    /** Embeddings [length, hidden]. */
    float[] embed(ModelBackend backend) {
        int hidden = backend.hiddenSize();
        var embedded = new float[length * hidden];
        int at = 0;
        for (var segment : segments) {
            float[] part = switch (segment) {
                case Text text -> backend.embed(text.ids);
                case Tokens tokens -> backend.embedTokens(tokens.values, tokens.length);
            };
            System.arraycopy(part, 0, embedded, at * hidden, part.length);
            at += segment.length();
        }
        return embedded;
    }

    /** Positions from the first on that both have in common, at the same places. */
    int commonPrefix(RowContent other) {
        if (offset != other.offset) {
            return 0;
        }
        int common = 0;
        for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
            var mine = segments.get(i);
            int same = same(mine, other.segments.get(i));
            common += same;
            if (same < mine.length() || same < other.segments.get(i).length()) {
                break;
            }
        }
        return common;
    }

    private static int same(Segment a, Segment b) {
        int n = Math.min(a.length(), b.length());
        if (a instanceof Text(var mine) && b instanceof Text(var theirs)) {
            int at = Arrays.mismatch(mine, theirs);
            return at < 0 ? n : Math.min(at, n);
        }
        if (a instanceof Tokens(var mine, var count) && b instanceof Tokens(var theirs, var _)) {
            int at = Arrays.mismatch(mine, theirs);
            return at < 0 ? n : Math.min(at / (mine.length / count), n);
        }
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowContent content
                && hash == content.hash
                && offset == content.offset
                && segments.equals(content.segments);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
