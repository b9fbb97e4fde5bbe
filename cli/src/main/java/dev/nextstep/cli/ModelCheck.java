package dev.nextstep.cli;

import dev.nextstep.Arithmetic;
import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.kernel.ThreadTeam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Whether the model opens and computes what it should, and how fast this machine multiplies. */
final class ModelCheck {
    private static final String CLONE = "clone the repository again, or restore models/emoji with git";
    private static final double SLOW_FLOPS = 5e9;

    private ModelCheck() {}

    /** Whether it opens. */
    static List<Finding> opens(Path directory, OpenOptions options) {
        return findings(directory, options, List.of());
    }

    /** Whether it opens and draws what it should. */
    static List<Finding> all(Path directory, OpenOptions options) {
        return findings(directory, options, List.of(ModelCheck::selfTest));
    }

    private static List<Finding> findings(
            Path directory, OpenOptions options, List<Function<NextStep, Finding>> checks) {
        var findings = new ArrayList<Finding>();
        if (!Files.isDirectory(directory)) {
            findings.add(Finding.problem("model", directory + ": no such directory", CLONE));
            return findings;
        }
        try (var model = NextStep.open(directory, options)) {
            findings.add(Finding.ok("model", directory + " opens"));
            checks.forEach(check -> findings.add(check.apply(model)));
        } catch (RuntimeException e) {
            findings.add(Finding.problem("model", Failure.text(e), CLONE));
        }
        return findings;
    }

    private static Finding selfTest(NextStep model) {
        if (!SelfTest.fits(model.parts())) {
            return Finding.warning(
                    "self-test",
                    "not possible: the weights are not those that the recorded numbers belong to",
                    "run it with the model that comes with the program");
        }
        if (!model.arithmetic().equals(Arithmetic.DEFAULT)) {
            return Finding.warning(
                    "self-test",
                    "not possible: the recorded numbers are those of fp32 throughout",
                    "run it without --precision, --rope, --kv-cache, --head and --low-memory");
        }
        long began = System.nanoTime();
        double difference = SelfTest.largestDifference(model.parts());
        String text = String.format(
                Locale.ROOT,
                "tokens of the official code, largest difference %.1e (allowed %.0e), %.2f s",
                difference,
                SelfTest.TOLERANCE,
                (System.nanoTime() - began) / 1e9);
        return difference <= SelfTest.TOLERANCE
                ? Finding.ok("self-test", text)
                : Finding.problem(
                        "self-test", text, "try another JDK; if it stays, report it with the output of --version");
    }

    static Finding speed(OpenOptions options) {
        try (var team = ThreadTeam.of(options.threads())) {
            double flops = MicroRun.productFlops(team);
            double bytes = MicroRun.streamBytes(team);
            String text = String.format(
                    Locale.ROOT,
                    "%.1f GFLOP/s in matrix products, %.1f GB/s through matrices, %d threads",
                    flops / 1e9,
                    bytes / 1e9,
                    options.threads());
            return flops >= SLOW_FLOPS
                    ? Finding.ok("speed", text)
                    : Finding.warning(
                            "speed",
                            text,
                            "very slow: is the machine busy, emulated, or the JVM without its compiler?");
        }
    }
}
