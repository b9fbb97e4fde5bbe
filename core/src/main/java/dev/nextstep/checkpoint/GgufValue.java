package dev.nextstep.checkpoint;

/** A value of a GGUF file's metadata. Integers of all widths are {@link Whole}, both float types {@link Real}. */
public sealed interface GgufValue {

    /** True or false. */
    record Flag(boolean value) implements GgufValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** An integer. */
    record Whole(long value) implements GgufValue {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A float or double. */
    record Real(double value) implements GgufValue {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** A string. */
    record Text(String value) implements GgufValue {
        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * An array. Its elements are checked when the file is opened, but not kept: other programs store whole vocabularies in
     * them, which this one takes from {@code tokenizer.json}.
     *
     * @param elements type of the elements as the format names it, such as {@code string}
     * @param length number of elements
     */
    record Sequence(String elements, long length) implements GgufValue {
        @Override
        public String toString() {
            return length + " x " + elements;
        }
    }
}
