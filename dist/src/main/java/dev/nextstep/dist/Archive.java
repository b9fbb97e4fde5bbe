package dev.nextstep.dist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes the self-contained archive {@code nextstep4j-VERSION-OS-ARCH.tar.gz} out of the jars on its own class path: a
 * Java cut down by jlink, the jars, the emoji model, licences, a launcher, and a class-data archive that a training run
 * writes. The training run is also the proof that the folder works.
 */
public final class Archive {
    /** What jdeps finds in the jars, but for java.sql: a date converter of TwelveMonkeys that no reader uses. */
    private static final String MODULES = "java.base,java.desktop,java.net.http,jdk.incubator.vector,jdk.management";

    /** Parts of java.desktop for screens and loudspeakers, which the headless command never loads. */
    private static final List<String> LEFT_OUT =
            List.of("libawt_xawt.*", "libjawt.*", "libsplashscreen.*", "libjsound.*");

    /** Licence files inside jars. */
    private static final Pattern LICENCE_ENTRY =
            Pattern.compile("META-INF/([^/]*(?:LICEN[CS]E|NOTICE)[^/]*)", Pattern.CASE_INSENSITIVE);

    private final Path root;
    private final Path target;
    private final String name;
    private final Path image;

    private Archive(Path root, Path target, String version) {
        this.root = root;
        this.target = target;
        this.name = "nextstep4j-%s-%s".formatted(version, platform());
        this.image = target.resolve(name);
    }

    /**
     * Makes the archive.
     *
     * @param args the folder of the project, the folder to write into, the version
     * @throws IOException if a file cannot be read or written, or a step fails; the message says which
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 3) {
            throw new IllegalArgumentException("needs the project's folder, the folder to write into, the version");
        }
        new Archive(Path.of(args[0]), Path.of(args[1]), args[2]).make();
    }

    private void make() throws IOException, InterruptedException {
        deleteTree(image);
        Files.createDirectories(image);
        copyFiles();
        copyJars();
        linkRuntime();
        writeClassData();
        var file = target.resolve(name + ".tar.gz");
        // The class-data archive is tied to the sizes and times of the jars, which tar keeps.
        run(target, "tar", "-czf", file.getFileName().toString(), name);
        System.out.printf(Locale.ROOT, "%s: %,d bytes, unpacked %,d bytes%n", file, Files.size(file), sizeOf(image));
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        return (os.startsWith("mac") ? "macos" : os.replace(' ', '-')) + "-" + (arch.equals("amd64") ? "x64" : arch);
    }

    private void copyFiles() throws IOException {
        var sources = root.resolve("dist/src/main/archive");
        Files.createDirectories(image.resolve("bin"));
        Files.copy(sources.resolve("nextstep"), image.resolve("bin/nextstep"));
        Files.copy(sources.resolve("README.md"), image.resolve("README.md"));
        Files.copy(root.resolve("LICENSE"), image.resolve("LICENSE"));
        Files.copy(root.resolve("THIRD-PARTY.md"), image.resolve("THIRD-PARTY.md"));
        copyTree(root.resolve("licenses"), image.resolve("licenses"));
        copyTree(root.resolve("models/emoji"), image.resolve("models/emoji"));
    }

    private void copyJars() throws IOException {
        Files.createDirectories(image.resolve("lib"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar")) {
                var jar = Path.of(entry);
                Files.copy(jar, image.resolve("lib").resolve(jar.getFileName()));
                copyLicences(jar);
            }
        }
    }

    private void copyLicences(Path jar) throws IOException {
        var folder =
                image.resolve("licenses").resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""));
        try (var zip = new JarFile(jar.toFile())) {
            for (var entry : zip.stream().toList()) {
                var licence = LICENCE_ENTRY.matcher(entry.getName());
                if (licence.matches() && !entry.isDirectory()) {
                    Files.createDirectories(folder);
                    try (var in = zip.getInputStream(entry)) {
                        Files.copy(in, folder.resolve(licence.group(1)));
                    }
                }
            }
        }
    }

    private void linkRuntime() throws IOException {
        var jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IOException("%s has no jlink; use a JDK that has the module jdk.jlink"
                        .formatted(System.getProperty("java.home"))));
        var leftOut = LEFT_OUT.stream().map("glob:/java.desktop/lib/"::concat).toList();
        int code = jlink.run(
                System.out,
                System.err,
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6",
                "--exclude-files",
                String.join(",", leftOut),
                "--output",
                image.resolve("runtime").toString());
        if (code != 0) {
            throw new IOException("jlink failed with code %d; its output is above".formatted(code));
        }
    }

    // Two runs: one lists the classes that a drawing loads, the other lays them out in a file that the JVM maps. The
    // JVM's one-step ways do not work with a module that is loaded late.
    private void writeClassData() throws IOException, InterruptedException {
        var classes = target.resolve("classes.lst").toAbsolutePath();
        var picture = target.resolve("trained.png").toAbsolutePath();
        Files.deleteIfExists(picture);
        var training = new ProcessBuilder(
                image.resolve("bin/nextstep").toAbsolutePath().toString(),
                "generate",
                "a red heart",
                "--seed",
                "1",
                "--out",
                picture.toString());
        training.environment().put("NEXTSTEP_JAVA_OPTS", "-Xshare:off -XX:DumpLoadedClassList=" + classes);
        run(training.directory(target.toFile()));
        if (!Files.exists(picture)) {
            throw new IOException("the training run wrote no picture " + picture);
        }
        run(
                image,
                image.resolve("runtime/bin/java").toAbsolutePath().toString(),
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Xlog:disable",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=lib/nextstep.jsa",
                "-cp",
                "lib/nextstep-cli.jar");
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        run(new ProcessBuilder(command).directory(folder.toFile()));
    }

    private static void run(ProcessBuilder builder) throws IOException, InterruptedException {
        var process = builder.inheritIO().start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("still not done after 5 minutes: " + builder.command());
        }
        if (process.exitValue() != 0) {
            throw new IOException("failed with code %d: %s".formatted(process.exitValue(), builder.command()));
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        for (var file : tree(from)) {
            var copy = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(copy);
            } else {
                Files.copy(file, copy);
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (var file : tree(folder).reversed()) {
                Files.delete(file);
            }
        }
    }

    private static long sizeOf(Path folder) throws IOException {
        long size = 0;
        for (var file : tree(folder)) {
            size += Files.isRegularFile(file) ? Files.size(file) : 0;
        }
        return size;
    }

    /** A folder and everything in it, folders before what is in them. */
    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.toList());
        }
    }
}
