package dev.nextstep.prompt;

import java.util.Arrays;

/** Which two tokens merge into which, and in what order of preference: pair of ids → rank, rank → merged id. */
final class MergeTable {
    private final long[] pairs;
    private final int[] ranks;
    private final int[] mergedIds;

    private MergeTable(long[] pairs, int[] ranks, int[] mergedIds) {
        this.pairs = pairs;
        this.ranks = ranks;
        this.mergedIds = mergedIds;
    }

    /** Rank of the pair (0 merges first), or −1 where it does not merge. */
    int rank(int left, int right) {
        long key = key(left, right);
        int mask = pairs.length - 1;
        for (int slot = slot(key) & mask; pairs[slot] != 0; slot = (slot + 1) & mask) {
            if (pairs[slot] == key) {
                return ranks[slot];
            }
        }
        return -1;
    }

    int mergedId(int rank) {
        return mergedIds[rank];
    }

    int size() {
        return mergedIds.length;
    }

    private static long key(int left, int right) {
        return (((long) left << 32) | right) + 1; // 0 marks an empty slot
    }

    private static int slot(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 32);
    }

    /** Collects merges as bytes: they may stand in the file before the vocabulary that gives them ids. */
    static final class Builder {
        private byte[] bytes = new byte[1 << 12];
        private int used;
        private int[] ends = new int[1 << 8]; // of every part: left, right, left, right, …
        private int parts;
        private int count;

        /** A merge written as one string, {@code "left right"}. */
        void add(String line) {
            int space = line.indexOf(' ');
            if (space < 0 || line.indexOf(' ', space + 1) >= 0) {
                throw new PromptException("merge %d ('%s') is not two tokens with one space between them"
                        .formatted(count, PromptText.shorten(line)));
            }
            append(line, 0, space);
            append(line, space + 1, line.length());
            count++;
        }

        /** A merge written as a pair. */
        void add(String left, String right) {
            append(left, 0, left.length());
            append(right, 0, right.length());
            count++;
        }

        private void append(String text, int from, int to) {
            if (from == to) {
                throw new PromptException("merge %d has an empty part".formatted(count));
            }
            if (used + to - from > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + to - from));
            }
            for (int i = from; i < to; i++) {
                int b = ByteAlphabet.toByte(text.charAt(i));
                if (b < 0) {
                    throw new PromptException("merge %d ('%s') holds a character outside the byte-level alphabet"
                            .formatted(count, PromptText.shorten(text)));
                }
                bytes[used++] = (byte) b;
            }
            if (parts == ends.length) {
                ends = Arrays.copyOf(ends, ends.length * 2);
            }
            ends[parts++] = used;
        }

        MergeTable build(Vocabulary vocabulary) {
            long[] pairs = new long[Integer.highestOneBit(Math.max(4, count)) * 4];
            int[] ranks = new int[pairs.length];
            int[] merged = new int[count];
            int mask = pairs.length - 1;
            int from = 0;
            for (int rank = 0; rank < count; rank++) {
                int middle = ends[2 * rank];
                int end = ends[2 * rank + 1];
                int left = vocabulary.find(bytes, from, middle - from);
                int right = vocabulary.find(bytes, middle, end - middle);
                merged[rank] = vocabulary.find(bytes, from, end - from);
                if (left < 0 || right < 0 || merged[rank] < 0) {
                    throw new PromptException("merge %d names a token that is not in the vocabulary".formatted(rank));
                }
                long key = key(left, right);
                int slot = slot(key) & mask;
                for (; pairs[slot] != 0; slot = (slot + 1) & mask) {
                    if (pairs[slot] == key) {
                        throw new PromptException("merges %d and %d are the same".formatted(ranks[slot], rank));
                    }
                }
                pairs[slot] = key;
                ranks[slot] = rank;
                from = end;
            }
            return new MergeTable(pairs, ranks, merged);
        }
    }
}
