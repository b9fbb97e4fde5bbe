package dev.nextstep.prompt;

import java.util.Arrays;

/** A growing list of ids. */
final class IntList {
    private int[] values = new int[32];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    void add(int[] more) {
        if (size + more.length > values.length) {
            values = Arrays.copyOf(values, Math.max(values.length * 2, size + more.length));
        }
        System.arraycopy(more, 0, values, size, more.length);
        size += more.length;
    }

    void addRepeated(int value, int times) {
        if (size + times > values.length) {
            values = Arrays.copyOf(values, Math.max(values.length * 2, size + times));
        }
        Arrays.fill(values, size, size + times, value);
        size += times;
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
