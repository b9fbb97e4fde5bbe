package dev.nextstep.image;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A canonical Huffman code of VP8L over one alphabet: made from counts, written as code lengths, used to write symbols. */
final class Vp8lCode {
    private static final int MAX_LENGTH = 15;
    private static final int MAX_LENGTH_OF_LENGTHS = 7;
    private static final int[] LENGTH_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private final int[] lengths;
    private final int[] codes;

    private Vp8lCode(int[] lengths) {
        this.lengths = lengths;
        this.codes = canonical(lengths);
    }

    /** Builds the code for a stream and writes it. */
    static Vp8lCode write(LsbBits out, int[] counts) {
        int used = 0;
        int first = 0;
        for (int s = counts.length - 1; s >= 0; s--) {
            if (counts[s] > 0) {
                used++;
                first = s;
            }
        }
        if (used <= 1 && first < 256) {
            // One symbol needs no bits at all.
            boolean small = first < 2;
            out.put(1, 1);
            out.put(0, 1);
            out.put(small ? 0 : 1, 1);
            out.put(first, small ? 1 : 8);
            return new Vp8lCode(new int[counts.length]);
        }
        int[] lengths = lengths(counts, MAX_LENGTH);
        out.put(0, 1);
        writeLengths(out, lengths);
        return new Vp8lCode(lengths);
    }

    void put(LsbBits out, int symbol) {
        out.put(codes[symbol], lengths[symbol]);
    }

    /** Run-length tokens of the code lengths, themselves Huffman-coded. Values 16 to 18 are runs. */
    private static void writeLengths(LsbBits out, int[] lengths) {
        int[] tokens = new int[lengths.length];
        int[] extra = new int[lengths.length];
        int n = 0;
        for (int i = 0; i < lengths.length; ) {
            int value = lengths[i];
            int run = 1;
            while (i + run < lengths.length && lengths[i + run] == value) {
                run++;
            }
            i += run;
            if (value != 0) {
                tokens[n++] = value;
                run--;
            }
            while (run > 0) {
                int step = Math.min(run, value != 0 ? 6 : 138);
                if (step < 3) {
                    tokens[n++] = value;
                    step = 1;
                } else if (value != 0) {
                    extra[n] = step - 3;
                    tokens[n++] = 16;
                } else if (step <= 10) {
                    extra[n] = step - 3;
                    tokens[n++] = 17;
                } else {
                    extra[n] = step - 11;
                    tokens[n++] = 18;
                }
                run -= step;
            }
        }
        int[] counts = new int[19];
        for (int i = 0; i < n; i++) {
            counts[tokens[i]]++;
        }
        int[] lengthLengths = lengths(counts, MAX_LENGTH_OF_LENGTHS);
        int written = LENGTH_ORDER.length;
        while (written > 4 && lengthLengths[LENGTH_ORDER[written - 1]] == 0) {
            written--;
        }
        out.put(written - 4, 4);
        for (int i = 0; i < written; i++) {
            out.put(lengthLengths[LENGTH_ORDER[i]], 3);
        }
        out.put(0, 1); // lengths of the whole alphabet follow
        int[] lengthCodes = canonical(lengthLengths);
        for (int i = 0; i < n; i++) {
            out.put(lengthCodes[tokens[i]], lengthLengths[tokens[i]]);
            if (tokens[i] >= 16) {
                out.put(extra[i], tokens[i] == 16 ? 2 : tokens[i] == 17 ? 3 : 7);
            }
        }
    }

    private record Node(long count, int symbol, int left, int right, int id) {}

    /** Code lengths of a Huffman tree no deeper than allowed: rare symbols are counted up until it is flat enough. */
    private static int[] lengths(int[] counts, int maxLength) {
        for (int floor = 1; ; floor *= 2) {
            int[] lengths = new int[counts.length];
            int deepest = tree(counts, floor, lengths);
            if (deepest <= maxLength) {
                return lengths;
            }
        }
    }

    private static int tree(int[] counts, int floor, int[] lengths) {
        Node[] nodes = new Node[2 * counts.length + 2];
        int n = 0;
        // The id breaks ties, so that the same counts always give the same code.
        PriorityQueue<Node> queue =
                new PriorityQueue<>(Comparator.comparingLong(Node::count).thenComparingInt(Node::id));
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] > 0) {
                nodes[n] = new Node(Math.max(counts[s], floor), s, -1, -1, n);
                queue.add(nodes[n++]);
            }
        }
        if (n == 1) {
            lengths[nodes[0].symbol()] = 1;
            return 1;
        }
        while (queue.size() > 1) {
            Node a = queue.remove();
            Node b = queue.remove();
            nodes[n] = new Node(a.count() + b.count(), -1, a.id(), b.id(), n);
            queue.add(nodes[n++]);
        }
        int[] depth = new int[n];
        int deepest = 0;
        for (int i = n - 1; i >= 0; i--) {
            if (nodes[i].symbol() >= 0) {
                lengths[nodes[i].symbol()] = depth[i];
                deepest = Math.max(deepest, depth[i]);
            } else {
                depth[nodes[i].left()] = depth[i] + 1;
                depth[nodes[i].right()] = depth[i] + 1;
            }
        }
        return deepest;
    }

    /** Canonical codes, turned around because bits are written lowest first. */
    private static int[] canonical(int[] lengths) {
        int[] codes = new int[lengths.length];
        int code = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            for (int s = 0; s < lengths.length; s++) {
                if (lengths[s] == length) {
                    codes[s] = Integer.reverse(code++) >>> (32 - length);
                }
            }
            code <<= 1;
        }
        return codes;
    }
}
