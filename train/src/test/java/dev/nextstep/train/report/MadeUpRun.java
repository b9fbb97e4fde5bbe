package dev.nextstep.train.report;

import dev.nextstep.data.DataFiles;
import dev.nextstep.train.metrics.JsonlLog;
import dev.nextstep.train.metrics.Measurement;
import dev.nextstep.train.run.RunFolder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Random;
import javax.imageio.ImageIO;

/** The folder of a run that never was, with everything that a report shows. */
final class MadeUpRun {
    private MadeUpRun() {}

    static RunFolder in(Path root) throws IOException {
        var run = RunFolder.create(root, "transformer", "stage: transformer # <made up>\nstop:\n  steps: 4000\n");
        var random = new Random(4);
        try (var log = JsonlLog.open(run.metrics(), 0)) {
            for (int step = 10; step <= 4000; step += 10) {
                log.record(train(step, random));
                if (step % 400 == 0) {
                    log.record(validation(step));
                    samples(run, step);
                }
            }
        }
        return run;
    }

    private static Instant time(int step) {
        return Instant.ofEpochSecond(1_770_000_000L + step * 2L);
    }

    private static Measurement train(int step, Random random) {
        double image = 0.2 + 0.9 * Math.exp(-step / 500.0) + 0.03 * random.nextGaussian();
        double text = 2 + 5 * Math.exp(-step / 300.0) + 0.2 * random.nextGaussian();
        var values = new LinkedHashMap<String, Double>();
        values.put("loss", image + 0.01 * text);
        values.put("lm_loss", text);
        values.put("image_loss", image);
        values.put("grad_norm", 0.4 + 3 * Math.exp(-step / 100.0) + (step == 2500 ? 40 : 0.05 * random.nextDouble()));
        values.put("lr_factor", Math.min(step / 200.0, 0.5 * (1 + Math.cos(Math.PI * step / 4000))));
        values.put("samples_per_second", 31 + random.nextGaussian());
        values.put("tokens_per_second", 700 + 20 * random.nextGaussian());
        values.put("epochs", step / 100.0);
        return new Measurement(step, time(step), Measurement.Phase.TRAIN, values);
    }

    private static Measurement validation(int step) {
        double image = 0.24 + 0.9 * Math.exp(-step / 500.0);
        var values = new LinkedHashMap<String, Double>();
        values.put("loss", image + 0.03);
        values.put("image_loss", image);
        String[] kinds = {"image_text_pair", "image_editing", "interleave"};
        for (int i = 0; i < kinds.length; i++) {
            values.put("loss/" + kinds[i], image * (0.9 + 0.15 * i));
        }
        for (int bin = 0; bin < 10; bin++) {
            values.put(
                    "image_loss/t 0.%d-%s".formatted(bin, bin == 9 ? "1.0" : "0." + (bin + 1)),
                    image * (2 - 0.18 * bin));
        }
        return new Measurement(step, time(step), Measurement.Phase.VALIDATION, values);
    }

    private static void samples(RunFolder run, int step) throws IOException {
        var place = Files.createDirectories(run.samples(step));
        String[] prompts = {"a red heart", "a yellow star, flat style", "a green apple <script>"};
        Color[] colors = {Color.RED, Color.ORANGE, Color.GREEN};
        var captions = new StringBuilder("{");
        for (int i = 0; i < prompts.length; i++) {
            var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            var random = new Random(step + i);
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 64; x++) {
                    boolean inside = Math.hypot(x - 32, y - 32) < 24;
                    boolean noise = random.nextInt(4000) > step;
                    image.setRGB(x, y, noise ? random.nextInt() : inside ? colors[i].getRGB() : -1);
                }
            }
            var png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            DataFiles.write(place.resolve("prompt-" + i + ".png"), png.toByteArray());
            captions.append(i == 0 ? "" : ",").append("\"prompt-%d\":\"%s\"".formatted(i, prompts[i]));
        }
        DataFiles.write(place.resolve("captions.json"), captions + "}");
    }
}
