package dev.nextstep.train.run;

import dev.nextstep.train.metrics.JsonlLog;
import java.nio.file.Files;
import java.nio.file.Path;

/** A toy run as a process of its own, to be told to end or to be killed. Prints a dot after each step. */
final class ToyRun {
    private ToyRun() {}

    /** Arguments: folder of the run, milliseconds that a step takes at least. */
    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        long pause = Long.parseLong(arguments[1]);
        var run = Files.exists(root.resolve("run.json")) ? RunFolder.open(root) : RunFolder.create(root, "toy", "");
        var task = new Crashing(new ToyTask(), Long.MAX_VALUE);
        task.afterStep = step -> {
            System.out.println("step " + step);
            sleep(pause);
        };
        try (var _ = run.lock();
                var request = StopRequest.onTermination()) {
            var reason = new TrainingLoop(
                            run, TrainingLoopTest.settings(StopConditions.steps(TrainingLoopTest.STEPS)), task)
                    .run(step -> JsonlLog.open(run.metrics(), step), request);
            System.out.println("ended: " + reason);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
