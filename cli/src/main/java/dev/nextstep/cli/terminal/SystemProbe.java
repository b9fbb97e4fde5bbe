package dev.nextstep.cli.terminal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Asks the files of the process or the C library, because {@link System#console()} knows only whether input and output together are a terminal, and
 * the command must know it of standard error alone. Where the library cannot be called (Windows, or native access is
 * forbidden), the console decides for both streams, and {@code stty} tells the size.
 */
final class SystemProbe implements TerminalProbe {
    private static final int OUT = 1;
    private static final int ERR = 2;

    private final boolean windows;
    /** TIOCGWINSZ of termios: one number on Linux for the usual processors, another one on the BSDs and macOS. */
    private final long windowSizeRequest;

    SystemProbe() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        windows = os.contains("windows");
        windowSizeRequest = os.contains("linux") ? 0x5413 : 0x40087468;
    }

    @Override
    @SuppressWarnings("SystemConsoleNull") // its contract still allows null
    public Set<StandardStream> terminals() {
        Set<StandardStream> out = EnumSet.noneOf(StandardStream.class);
        if (!windows) {
            try {
                if (isTerminal(OUT)) {
                    out.add(StandardStream.OUT);
                }
                if (isTerminal(ERR)) {
                    out.add(StandardStream.ERR);
                }
                return out;
            } catch (RuntimeException | LinkageError _) {
                // The console answers instead.
            }
        }
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            out.addAll(EnumSet.allOf(StandardStream.class));
        }
        return out;
    }

    @Override
    public Optional<TerminalSize> size(Detail detail) {
        if (windows) {
            return Optional.empty();
        }
        return switch (detail) {
            // A small process is faster than the first call of a native function.
            case CELLS -> stty().or(this::windowSize);
            case PIXELS -> windowSize().or(SystemProbe::stty);
        };
    }

    private Optional<TerminalSize> windowSize() {
        try {
            return windowSize(ERR).or(() -> windowSize(OUT));
        } catch (RuntimeException | LinkageError _) {
            return Optional.empty();
        }
    }

    @Override
    public Charset charset() {
        return System.err.charset();
    }

    private static boolean isTerminal(int descriptor) {
        try { // Linux tells without a native call
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return isatty(descriptor);
        }
    }

    @SuppressWarnings("restricted") // the manifest of the jar allows native access
    private static boolean isatty(int descriptor) {
        Linker linker = Linker.nativeLinker();
        var isatty = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("isatty"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try {
            return (int) isatty.invokeExact(descriptor) == 1;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call isatty", e);
        }
    }

    @SuppressWarnings("restricted")
    private Optional<TerminalSize> windowSize(int descriptor) {
        Linker linker = Linker.nativeLinker();
        var ioctl = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                Linker.Option.firstVariadicArg(2));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_SHORT, 4); // rows, columns, width, height in pixels
            if ((int) ioctl.invokeExact(descriptor, windowSizeRequest, size) != 0) {
                return Optional.empty();
            }
            return size(part(size, 1), part(size, 0), part(size, 2), part(size, 3));
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call ioctl", e);
        }
    }

    private static int part(MemorySegment size, int index) {
        return Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, index));
    }

    /** What the terminal driver said, as far as it makes sense: many say 0 pixels, some say nonsense. */
    static Optional<TerminalSize> size(int columns, int rows, int width, int height) {
        if (!TerminalSize.isSide(columns) || !TerminalSize.isSide(rows)) {
            return Optional.empty();
        }
        int cellWidth = width / columns;
        int cellHeight = height / rows;
        boolean plausible = cellWidth >= 2 && cellHeight >= 4 && cellWidth <= 200 && cellHeight <= 400;
        CellSize cell = plausible ? new CellSize(cellWidth, cellHeight, CellSize.Source.MEASURED) : CellSize.ASSUMED;
        return Optional.of(new TerminalSize(columns, rows, cell));
    }

    private static Optional<TerminalSize> stty() {
        var tty = new File("/dev/tty");
        if (!tty.exists()) {
            return Optional.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(tty)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(2, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            return parseStty(new String(stty.getInputStream().readNBytes(100), StandardCharsets.US_ASCII));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The answer of {@code stty size}: rows and columns. */
    static Optional<TerminalSize> parseStty(String answer) {
        var numbers = answer.strip();
        if (!numbers.matches("\\d{1,5} \\d{1,5}")) {
            return Optional.empty();
        }
        int space = numbers.indexOf(' ');
        return size(
                Integer.parseInt(numbers.substring(space + 1)), Integer.parseInt(numbers.substring(0, space)), 0, 0);
    }
}
