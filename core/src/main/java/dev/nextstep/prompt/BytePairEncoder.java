package dev.nextstep.prompt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Byte-level BPE of one word: its bytes, merged pair by pair, the earliest merge of the table first and leftmost among
 * equals. A linked list with a heap of candidates keeps long words at O(n log n).
 */
final class BytePairEncoder {
    /** Words beyond this are not kept: they hardly come again, and would make the bound on the cache meaningless. */
    private static final int LONGEST_CACHED = 64;

    private static final int CACHED_WORDS = 16_384;

    private final Vocabulary vocabulary;
    private final MergeTable merges;
    private final WholeWords wholeWords;
    private final int[] idOfByte = new int[256];
    private final ConcurrentHashMap<String, int[]> cache = new ConcurrentHashMap<>();

    /** What happens to a word that is a token as it stands ({@code ignore_merges} of the file). */
    enum WholeWords {
        MERGED_LIKE_ALL,
        TAKEN_FIRST
    }

    BytePairEncoder(Vocabulary vocabulary, MergeTable merges, WholeWords wholeWords) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.wholeWords = wholeWords;
        for (int b = 0; b < 256; b++) {
            idOfByte[b] = vocabulary.find(new byte[] {(byte) b}, 0, 1);
            if (idOfByte[b] < 0) {
                throw new PromptException(
                        "the vocabulary has no token '%c' for the byte 0x%02x; byte-level BPE needs all 256"
                                .formatted(ByteAlphabet.toChar(b), b));
            }
        }
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    void encode(String word, IntList out) {
        if (word.length() > LONGEST_CACHED) {
            out.add(merge(word));
            return;
        }
        int[] known = cache.get(word);
        if (known == null) {
            known = merge(word);
            if (cache.size() >= CACHED_WORDS) {
                cache.clear(); // cheaper than bookkeeping on every hit, and the common words are back soon
            }
            cache.put(word, known);
        }
        out.add(known);
    }

    private int[] merge(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int n = bytes.length;
        if (wholeWords == WholeWords.TAKEN_FIRST) {
            int whole = vocabulary.find(bytes, 0, n);
            if (whole >= 0) {
                return new int[] {whole};
            }
        }
        int[] ids = new int[n];
        int[] next = new int[n];
        int[] previous = new int[n];
        var queue = new Candidates(n);
        for (int i = 0; i < n; i++) {
            ids[i] = idOfByte[bytes[i] & 0xFF];
            previous[i] = i - 1;
            next[i] = i + 1 < n ? i + 1 : -1;
            if (i > 0) {
                queue.offer(merges.rank(ids[i - 1], ids[i]), i - 1);
            }
        }
        int left = n;
        while (!queue.isEmpty()) {
            long top = queue.poll();
            int at = (int) top;
            int merged = merges.mergedId((int) (top >>> 32));
            int right = ids[at] < 0 ? -1 : next[at];
            if (right < 0) {
                continue;
            }
            // Candidates grow stale when a neighbour merges. Like the reference, one is still good when the pair that
            // stands there now gives the same token, even by another merge.
            int rank = merges.rank(ids[at], ids[right]);
            if (rank < 0 || merges.mergedId(rank) != merged) {
                continue;
            }
            ids[at] = merged;
            ids[right] = -1;
            left--;
            next[at] = next[right];
            if (next[at] >= 0) {
                previous[next[at]] = at;
                queue.offer(merges.rank(merged, ids[next[at]]), at);
            }
            if (previous[at] >= 0) {
                queue.offer(merges.rank(ids[previous[at]], merged), previous[at]);
            }
        }
        int[] result = new int[left];
        for (int i = 0, k = 0; i >= 0 && k < left; i = next[i]) {
            result[k++] = ids[i];
        }
        return result;
    }

    /** Binary heap of (rank, position), packed so that one comparison orders both. */
    private static final class Candidates {
        private long[] heap;
        private int size;

        Candidates(int capacity) {
            heap = new long[Math.max(4, capacity)];
        }

        boolean isEmpty() {
            return size == 0;
        }

        void offer(int rank, int position) {
            if (rank < 0) {
                return;
            }
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            long value = ((long) rank << 32) | position;
            int i = size++;
            while (i > 0 && heap[(i - 1) >> 1] > value) {
                heap[i] = heap[(i - 1) >> 1];
                i = (i - 1) >> 1;
            }
            heap[i] = value;
        }

        long poll() {
            long top = heap[0];
            long last = heap[--size];
            int i = 0;
            for (int child = 1; child < size; child = 2 * i + 1) {
                if (child + 1 < size && heap[child + 1] < heap[child]) {
                    child++;
                }
                if (heap[child] >= last) {
                    break;
                }
                heap[i] = heap[child];
                i = child;
            }
            heap[i] = last;
            return top;
        }
    }
}
