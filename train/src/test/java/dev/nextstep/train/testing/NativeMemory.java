package dev.nextstep.train.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What this process has in native memory, on Linux with glibc. */
@SuppressWarnings("restricted") // there is no other way to ask the C library
public final class NativeMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");
    private static final int MMAP_THRESHOLD = -3;
    private static final int ALMOST_ALL = 16 << 10;
    private static final int USUAL = 32 << 20;
    /** Of struct mallinfo2, and the places of hblkhd and uordblks in it. */
    private static final int FIELDS = 10;

    private static final int MAPPED = 4;
    private static final int IN_USE = 7;

    private NativeMemory() {}

    /** Work to be watched. */
    public interface Work {
        /** Does it. */
        void run();
    }

    /** Bytes that the work needed at its most beyond what was there before; it is done once before, to warm up. */
    public static double peak(Work work) throws IOException {
        assumeTrue(Files.isWritable(RESET) && hasFunction("mallopt"), "needs Linux with glibc");
        // Every tensor in pages of its own, which go back when it does.
        threshold(ALMOST_ALL);
        try {
            work.run();
            System.gc();
            trim(); // what tests before this one have freed would be taken again without a trace
            Files.writeString(RESET, "5");
            long before = kilobytes("VmRSS:");
            work.run();
            return 1024.0 * (kilobytes("VmHWM:") - before);
        } finally {
            threshold(USUAL);
        }
    }

    private static boolean hasFunction(String name) {
        return Linker.nativeLinker().defaultLookup().find(name).isPresent();
    }

    /** Bytes that are allocated and not freed, of this process and its libraries, the Java heap left out. */
    public static long allocated() {
        assumeTrue(hasFunction("mallinfo2"), "needs glibc 2.33 or later");
        var linker = Linker.nativeLinker();
        var fields = new ValueLayout[FIELDS];
        Arrays.fill(fields, ValueLayout.JAVA_LONG);
        var mallinfo = linker.downcallHandle(
                linker.defaultLookup().find("mallinfo2").orElseThrow(),
                FunctionDescriptor.of(MemoryLayout.structLayout(fields)));
        try (var arena = Arena.ofConfined()) {
            var info = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED) + info.getAtIndex(ValueLayout.JAVA_LONG, IN_USE);
        } catch (Throwable e) {
            throw new AssertionError("mallinfo2", e);
        }
    }

    private static void trim() {
        var linker = Linker.nativeLinker();
        var trim = linker.downcallHandle(
                linker.defaultLookup().find("malloc_trim").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        try {
            assertThat((int) trim.invokeExact(0L)).isBetween(0, 1);
        } catch (Throwable e) {
            throw new AssertionError("malloc_trim", e);
        }
    }

    private static void threshold(int bytes) {
        var linker = Linker.nativeLinker();
        var mallopt = linker.downcallHandle(
                linker.defaultLookup().find("mallopt").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            assertThat((int) mallopt.invokeExact(MMAP_THRESHOLD, bytes)).isEqualTo(1);
        } catch (Throwable e) {
            throw new AssertionError("mallopt", e);
        }
    }

    private static long kilobytes(String key) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
