package dev.nextstep.cli;

import dev.nextstep.checkpoint.StoredFormat;
import dev.nextstep.cli.bench.Section;
import dev.nextstep.flow.FlowOde;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.HeadType;
import dev.nextstep.transformer.KvType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Names that shells complete behind options; the options' converters read them. */
abstract class Candidates implements Iterable<String> {
    private final List<String> names;

    private Candidates(List<String> names) {
        this.names = names;
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }

    /** Of {@code --sampler}. */
    static final class Samplers extends Candidates {
        Samplers() {
            super(Stream.concat(
                            Stream.of("s1", "s2", "sde", "cps"),
                            Arrays.stream(FlowOde.values()).map(FlowOde::id))
                    .toList());
        }
    }

    /** Of {@code --guidance-schedule}. */
    static final class Schedules extends Candidates {
        Schedules() {
            super(Arrays.stream(GuidanceSchedule.values())
                    .map(GuidanceSchedule::id)
                    .toList());
        }
    }

    /** Of {@code --format}. */
    static final class Formats extends Candidates {
        Formats() {
            super(List.of("png", "jpg", "webp"));
        }
    }

    /** Of {@code --quality}: the presets that are always there. */
    static final class Presets extends Candidates {
        Presets() {
            super(List.of("draft", "standard", "premium", "educational"));
        }
    }

    /** Of {@code --precision}. */
    static final class Precisions extends Candidates {
        Precisions() {
            super(List.of("fp32", "reference-bf16"));
        }
    }

    /** Of {@code --rope}. */
    static final class Ropes extends Candidates {
        Ropes() {
            super(List.of("fp32", "bf16"));
        }
    }

    /** Of {@code --kv-cache}. */
    static final class CacheTypes extends Candidates {
        CacheTypes() {
            super(Arrays.stream(KvType.values()).map(KvType::id).toList());
        }
    }

    /** Of {@code --head} where a model is opened. */
    static final class HeadTypes extends Candidates {
        HeadTypes() {
            super(Arrays.stream(HeadType.values()).map(HeadType::id).toList());
        }
    }

    /** Of {@code --type} and {@code --vae-type}. */
    static final class WeightTypes extends Candidates {
        WeightTypes() {
            super(List.of("fp32", "fp16", "bf16", "same"));
        }
    }

    /** Of {@code --to}. */
    static final class BlockFormats extends Candidates {
        BlockFormats() {
            super(ids(StoredFormat::isBlocks));
        }
    }

    /** Of {@code --head} of {@code quantize} and the like. */
    static final class StoredFormats extends Candidates {
        StoredFormats() {
            super(ids(format -> true));
        }
    }

    /** Of {@code bench --only}. */
    static final class Sections extends Candidates {
        Sections() {
            super(Section.ids());
        }
    }

    private static List<String> ids(Predicate<StoredFormat> which) {
        return Arrays.stream(StoredFormat.values())
                .filter(which)
                .map(StoredFormat::id)
                .toList();
    }
}
