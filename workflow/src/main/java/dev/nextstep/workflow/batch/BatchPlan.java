package dev.nextstep.workflow.batch;

import dev.nextstep.DrawingOptions;
import dev.nextstep.GenerateRequest;
import dev.nextstep.data.DataException;
import dev.nextstep.prompt.PromptException;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.preset.PresetScaling;
import dev.nextstep.workflow.preset.PromptWords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a batch will do, decided before anything is drawn: each picture with its seed, settings and name. The same jobs and
 * settings give the same plan, so that a batch that was killed goes on where it was.
 *
 * @param pictures in the order of the jobs
 * @param notes what the user should know, such as what became of presets on this model; each once
 * @param fingerprint SHA-256 of all that decides bytes of pictures and their names
 */
public record BatchPlan(List<PlannedPicture> pictures, List<String> notes, String fingerprint) {
    private static final int MOST = 1_000_000;
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "webp");

    /** Copies the lists. */
    public BatchPlan {
        pictures = List.copyOf(pictures);
        notes = List.copyOf(notes);
    }

    /**
     * Plans.
     *
     * @param seed makes the seeds of jobs that have none
     * @throws DataException naming the job if its preset is unknown, a value impossible on this model, or two pictures would have
     *     one name
     */
    public static BatchPlan of(List<BatchJob> jobs, Settings settings, BatchModel model, long seed) {
        return new Planning(settings, model, seed).plan(jobs);
    }

    private static final class Planning {
        private final Settings settings;
        private final BatchModel model;
        private final long seed;
        private final NameTemplate template;
        private final Set<String> notes = new LinkedHashSet<>();
        private final Map<String, Integer> names = new HashMap<>();
        private final List<PlannedPicture> pictures = new ArrayList<>();

        Planning(Settings settings, BatchModel model, long seed) {
            this.settings = settings;
            this.model = model;
            this.seed = seed;
            try {
                this.template = new NameTemplate(settings.text(SettingKey.OUTPUT_NAME));
            } catch (IllegalArgumentException e) {
                throw new DataException(
                        "%s (%s)"
                                .formatted(
                                        e.getMessage(),
                                        settings.get(SettingKey.OUTPUT_NAME)
                                                .origin()
                                                .text()),
                        e);
            }
        }

        BatchPlan plan(List<BatchJob> jobs) {
            long total = jobs.stream().mapToLong(BatchJob::count).sum();
            if (total > MOST) {
                throw new DataException(
                        "the list asks for %,d pictures; a batch has at most %,d: split it".formatted(total, MOST));
            }
            int digits = Math.max(4, String.valueOf(total).length());
            for (int i = 0; i < jobs.size(); i++) {
                try {
                    add(i, jobs.get(i), digits);
                } catch (IllegalArgumentException | PromptException | DataException e) {
                    throw new DataException(
                            "prompt %d ('%s'): %s"
                                    .formatted(i + 1, shortened(jobs.get(i).prompt()), e.getMessage()),
                            e);
                }
            }
            notes.remove("");
            return new BatchPlan(pictures, List.copyOf(notes), fingerprint());
        }

        private void add(int number, BatchJob job, int digits) {
            String preset = job.preset().orElseGet(() -> settings.text(SettingKey.PRESET));
            var scaled = PresetScaling.of(settings.preset(preset), model.defaults());
            boolean exact = job.steps().isPresent() && job.guidance().isPresent();
            notes.add(exact ? scaled.explanationOfSize() : scaled.explanation());
            var resolved = options(job, scaled).resolve(model.defaults());
            var formats = job.formats().isEmpty() ? settings.words(SettingKey.OUTPUT_FORMATS) : job.formats();
            if (!ENDINGS.containsAll(formats)) {
                throw new IllegalArgumentException("formats are %s, allowed are png, jpg, webp".formatted(formats));
            }
            if (template.needsNames() && job.name().isEmpty()) {
                throw new IllegalArgumentException("it has no name, and the name template has {name}");
            }
            long first = job.seed().orElseGet(() -> JobSeeds.of(seed, number));
            for (int image = 0; image < job.count(); image++) {
                var request = new GenerateRequest(job.prompt(), DrawingOptions.of(resolved), 1, image, first);
                if (image == 0) {
                    model.require(request);
                }
                String name = template.name(Map.of(
                        "index", String.format(Locale.ROOT, "%0" + digits + "d", pictures.size() + 1),
                        "job", String.valueOf(number + 1),
                        "image", String.valueOf(image + 1),
                        "prompt", job.name().orElse(job.prompt()),
                        "name", job.name().orElse(""),
                        "seed", String.valueOf(first),
                        "preset", preset));
                Integer before = names.putIfAbsent(name.toLowerCase(Locale.ROOT), pictures.size());
                if (before != null) {
                    throw new IllegalArgumentException(
                            "its file would be called '%s', as that of picture %d is; put {index} into the name template"
                                    .formatted(name, before + 1));
                }
                pictures.add(new PlannedPicture(pictures.size(), number, request, preset, name, formats));
            }
        }

        private DrawingOptions options(BatchJob job, PresetScaling.Scaled scaled) {
            var size = size(job, scaled);
            return size.withSteps(job.steps().orElse(scaled.steps()), (float)
                            job.guidance().orElse(scaled.guidance()))
                    .withPrompts(
                            positive(settings.text(SettingKey.POSITIVE_PROMPT)),
                            job.negative().orElseGet(() -> negative(settings.text(SettingKey.NEGATIVE_PROMPT))));
        }

        private DrawingOptions size(BatchJob job, PresetScaling.Scaled scaled) {
            if (job.area().isEmpty()) {
                return scaled.options();
            }
            return switch (job.area().get()) {
                case BatchJob.Area.Size size -> DrawingOptions.NONE.withSize(size.width(), size.height());
                case BatchJob.Area.Aspect aspect ->
                    model.sizeFor(aspect.shape(), scaled.options().resolve(model.defaults()));
            };
        }

        private static @Nullable String positive(String text) {
            return text.equals(PromptWords.OF_THE_MODEL) ? null : PromptWords.positive(text);
        }

        private String negative(String text) {
            return text.equals(PromptWords.OF_THE_MODEL)
                    ? model.defaults().negativePrompt()
                    : PromptWords.negative(text);
        }

        private String fingerprint() {
            try {
                var digest = MessageDigest.getInstance("SHA-256");
                digest.update(model.weightsHash().getBytes(StandardCharsets.UTF_8));
                for (var picture : pictures) {
                    digest.update(picture.toString().getBytes(StandardCharsets.UTF_8));
                }
                digest.update((settings.text(SettingKey.QUALITY_MEASURE)
                                + settings.get(SettingKey.MIN_QUALITY).value()
                                + settings.get(SettingKey.ATTEMPTS).value()
                                + settings.get(SettingKey.REPAIR).value())
                        .getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }

        private static String shortened(String prompt) {
            return prompt.length() <= 40 ? prompt : prompt.substring(0, 39) + "…";
        }
    }
}
