package dev.nextstep.data.pack;

/** How sequences become rows. */
public sealed interface Packing {
    /**
     * As many whole sequences as fit, in their order, then padding: the official way. All tokens of a row see those before
     * them, whatever sample they belong to, and positions run through the row (spec §8.3, §11 #31).
     *
     * @param rowLength tokens of a row; longer sequences are refused
     */
    record WholeSamples(int rowLength) implements Packing {
        /** Checks the range. */
        public WholeSamples {
            checkLength(rowLength);
        }
    }

    /**
     * The same rows, but a sequence sees itself only: use {@link PackedRow#segmentIds} and
     * {@link PackedRow#positionsInSegment}.
     *
     * @param rowLength tokens of a row; longer sequences are refused
     */
    record BlockDiagonal(int rowLength) implements Packing {
        /** Checks the range. */
        public BlockDiagonal {
            checkLength(rowLength);
        }
    }

    /**
     * Texts one after the other, cut exactly where a row is full: the official way for text alone. Nothing is padded and
     * no text is too long.
     *
     * @param rowLength tokens of a row
     */
    record Continuous(int rowLength) implements Packing {
        /** Checks the range. */
        public Continuous {
            checkLength(rowLength);
        }
    }

    /**
     * One sequence in each row. So many sequences are gathered, sorted by length, and given out in groups of equal padded
     * length, so that little of a batch is padding. For small models with short captions.
     *
     * @param maxLength tokens of the longest sequence; longer ones are refused
     * @param pool sequences that are sorted together, at least 1
     * @param rowsPerGroup rows that are padded to the longest among them: the batch size
     */
    record OnePerRow(int maxLength, int pool, int rowsPerGroup) implements Packing {
        /** Checks the ranges. */
        public OnePerRow {
            checkLength(maxLength);
            if (rowsPerGroup < 1 || pool < rowsPerGroup || pool % rowsPerGroup != 0) {
                throw new IllegalArgumentException(
                        "a pool of %d sequences for groups of %d; it must hold whole groups, at least one"
                                .formatted(pool, rowsPerGroup));
            }
        }
    }

    /** Tokens of the longest sequence that is taken. */
    default int maxLength() {
        return switch (this) {
            case WholeSamples p -> p.rowLength;
            case BlockDiagonal p -> p.rowLength;
            case Continuous _ -> Integer.MAX_VALUE;
            case OnePerRow p -> p.maxLength;
        };
    }

    private static void checkLength(int length) {
        if (length < 2) {
            throw new IllegalArgumentException("a row needs at least 2 tokens, got " + length);
        }
    }
}
