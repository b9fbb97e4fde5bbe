package dev.nextstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CacheLinesTest {
    /** Arrays begin at multiples of 8 bytes, so of many of them some begin elsewhere in a line than others. */
    @Test
    void beginsOfArraysAreFoundWithinALine() {
        assertThat(CacheLines.class.getModule().isNativeAccessEnabled()).isTrue();
        long seed = System.nanoTime();
        var random = new Random(seed);
        var begins = new ArrayList<Integer>();
        for (int i = 0; i < 1000; i++) {
            begins.add(CacheLines.begin(new float[CacheLines.SLACK + random.nextInt(200)]));
        }
        assertThat(begins).as("seed " + seed).allMatch(begin -> begin >= 0 && begin < CacheLines.SLACK);
        assertThat(begins).as("floats from 8 bytes to 8 bytes").allMatch(begin -> begin % 2 == 0);
        assertThat(begins.stream().distinct().count()).as("seed " + seed).isGreaterThan(1);
    }
}
