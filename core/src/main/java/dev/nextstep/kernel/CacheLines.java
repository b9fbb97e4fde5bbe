package dev.nextstep.kernel;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in an array a cache line begins. Java puts arrays at any multiple of 8 bytes, so nearly every load of 512 bits
 * touches two lines of 64 bytes, and where loads are what limits a product it takes up to 1.7 times as long. An array
 * with {@value #SLACK} floats to spare can be used from {@link #begin} on instead.
 *
 * <p>The collector may move an array at any time, so ask anew for each piece of work; a wrong answer costs time, never
 * anything else. Where native calls are not enabled, or the system has no {@code memcpy} to be found, the answer is 0.
 */
final class CacheLines {
    /** Floats that an array must be longer. */
    static final int SLACK = 16;

    private static final int LINE = 64;
    private static final @Nullable MethodHandle ADDRESS = address();

    private CacheLines() {}

    /** Copying nothing returns the address, and a critical call may be given an array of the heap. */
    @SuppressWarnings("restricted") // enabled, as asked first
    private static @Nullable MethodHandle address() {
        if (!CacheLines.class.getModule().isNativeAccessEnabled()) {
            return null; // or the JVM would print a warning
        }
        try {
            var linker = Linker.nativeLinker();
            Optional<MemorySegment> memcpy = linker.defaultLookup().find("memcpy");
            var type = FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
            return memcpy.map(function -> linker.downcallHandle(function, type, Linker.Option.critical(true)))
                    .orElse(null);
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    /** Index of the first element at the beginning of a cache line, 0 to 15. */
    static int begin(float[] array) {
        var handle = ADDRESS;
        if (handle == null) {
            return 0;
        }
        try {
            var segment = MemorySegment.ofArray(array);
            long address = (long) handle.invokeExact(segment, segment, 0L);
            return (int) (-address & (LINE - 1)) / Float.BYTES;
        } catch (Throwable e) { // what invokeExact declares; copying nothing does not fail
            return 0;
        }
    }
}
