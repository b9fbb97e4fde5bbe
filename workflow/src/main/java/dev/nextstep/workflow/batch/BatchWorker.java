package dev.nextstep.workflow.batch;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The other end of a {@link WorkerPool}: draws the pictures whose numbers come on its standard input, says on standard output
 * what became of each, and that it is alive. It ends when its input does, which is also what the death of the pool is.
 */
public final class BatchWorker {
    private static final long BEAT_NANOS = 1_000_000_000L;
    private static final int END = -1;

    private final BatchPlan plan;
    private final PictureMaker maker;
    private final int together;
    private final Cancellation cancellation = new Cancellation();

    /** A worker on a plan; the folder is there. */
    public BatchWorker(BatchModel model, BatchPlan plan, Settings settings, Path folder) {
        this.plan = plan;
        this.maker = new PictureMaker(model, settings, folder, BatchListener.NONE, cancellation);
        this.together = settings.whole(SettingKey.BATCH_SIZE);
    }

    /**
     * Works until the input ends.
     *
     * @param in numbers of pictures, a line each
     * @param out for nothing else
     */
    public void run(InputStream in, PrintStream out) {
        var orders = new LinkedBlockingQueue<Integer>();
        Thread.ofPlatform().daemon().name("orders").start(() -> read(in, orders));
        Thread.ofPlatform().daemon().name("heartbeat").start(() -> beat(out));
        tell(out, new WorkerMessage.Ready());
        var begun = new ArrayDeque<PictureMaker.Begun>();
        try {
            while (true) {
                while (begun.size() < together && (begun.isEmpty() || !orders.isEmpty())) {
                    int order = orders.take();
                    if (order == END) {
                        return;
                    }
                    begun.add(maker.begin(plan.pictures().get(order)));
                }
                tell(out, new WorkerMessage.Made(maker.finish(begun.remove())));
            }
        } catch (IOException e) {
            tell(out, new WorkerMessage.Fatal(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CancellationException e) {
            // nobody wants the rest
        } finally {
            cancellation.cancel();
            begun.forEach(PictureMaker::await);
        }
    }

    private void read(InputStream in, LinkedBlockingQueue<Integer> orders) {
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                orders.add(Integer.valueOf(line.strip()));
            }
        } catch (IOException | NumberFormatException e) {
            // as its end
        }
        cancellation.cancel();
        orders.add(END);
    }

    private void beat(PrintStream out) {
        while (!out.checkError()) {
            tell(out, new WorkerMessage.Beat());
            LockSupport.parkNanos(BEAT_NANOS);
        }
    }

    private static void tell(PrintStream out, WorkerMessage message) {
        synchronized (out) {
            out.print(message.line() + "\n");
            out.flush();
        }
    }
}
