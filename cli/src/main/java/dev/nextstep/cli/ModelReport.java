package dev.nextstep.cli;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.QuantizationPlan;
import dev.nextstep.checkpoint.StoredFormat;
import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.cli.ModelPart.Size;
import dev.nextstep.engine.MemoryEstimate;
import dev.nextstep.prompt.PromptException;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.TensorException;
import dev.nextstep.tensor.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model directory: configuration, sizes, memory, and what is wrong with it. */
final class ModelReport {
    private static final int KEPT_POSITIONS = 1000;

    private final Path directory;
    private final Report report;

    ModelReport(Path directory, Report report) {
        this.directory = directory;
        this.report = report;
    }

    /** Fills the report; a model that can be read but not used is reported as far as possible. */
    ExitCode write(boolean tensors, boolean hash, boolean predict, OpenOptions options) {
        try (var model = ModelDirectory.open(directory)) {
            configuration(model.config(), model.vae().config());
            parameters(model);
            if (hash) {
                report.section("Hash").add("weights", model.weightsHash());
            }
            if (tensors) {
                WeightsReport.tensors(report, "Tensors", model.tensors());
                WeightsReport.tensors(
                        report, "Image tokenizer tensors", model.vae().tensors());
            }
        }
        try (var model = NextStep.open(directory, options)) {
            drawing(model);
            unused(model.parts().directory());
            if (predict) {
                prediction(model);
            }
            return ExitCode.OK;
        } catch (CheckpointException | TensorException | PromptException e) {
            report.section("Problem").add("cannot_be_used", Failure.text(e));
            return ExitCode.BAD_INPUT;
        }
    }

    private void configuration(ModelConfig c, VaeConfig vae) {
        report.section("Model")
                .add("path", directory.toString())
                .add("hidden_size", c.hiddenSize())
                .add("layers", c.layers())
                .add("attention_heads", c.attentionHeads(), "%d of %d".formatted(c.attentionHeads(), c.headDimension()))
                .add("key_value_heads", c.keyValueHeads())
                .add("head_dimension", c.headDimension())
                .add("intermediate_size", c.intermediateSize())
                .add("vocabulary", c.vocabularySize(), "%,d".formatted(c.vocabularySize()))
                .add("positions", c.maxPositions(), "%,d".formatted(c.maxPositions()))
                .add("flow_head_layers", c.flowHeadLayers())
                .add("flow_head_width", c.flowHeadWidth())
                .add(
                        "image_token",
                        c.tokenDimension(),
                        "%d values: %d channels, %d x %d latent pixels"
                                .formatted(c.tokenDimension(), c.latentChannels(), c.patchSize(), c.patchSize()))
                .add("tied_embeddings", c.tiedEmbeddings(), c.tiedEmbeddings() ? "yes" : "no");
        report.section("Image tokenizer")
                .add("channels", vae.channels())
                .add("channel_multipliers", vae.channelMultipliers())
                .add("residual_blocks", vae.residualBlocks())
                .add("latent_channels", vae.latentChannels())
                .add("downsampling", vae.downsampling())
                .add("scaling_factor", vae.scalingFactor())
                .add("shift_factor", vae.shiftFactor());
    }

    private void parameters(ModelDirectory model) {
        var main = ModelPart.sizes(model.tensors());
        var vae = ModelPart.sizes(model.vae().tensors());
        var section = report.section("Parameters");
        var mainTotal = sizes(section, main);
        var vaeTotal = sizes(section, vae);
        var all = mainTotal.plus(vaeTotal);
        section.add(
                "total",
                json(all),
                "%,d in %d tensors, %s as stored"
                        .formatted(all.parameters(), all.tensors(), Amounts.bytes(all.storedBytes())));

        var types = report.section("Stored types");
        for (var entry : storedTypes(model.tensors(), model.vae().tensors()).entrySet()) {
            var size = entry.getValue();
            types.addNamed(
                    entry.getKey().name(),
                    json(size),
                    "%,d values in %d tensors, %s"
                            .formatted(size.parameters(), size.tensors(), Amounts.bytes(size.storedBytes())));
        }

        long stored = vaeTotal.storedBytes();
        var memory = report.section("Weights at each precision");
        precision(memory, "fp32", mainTotal.parameters() * Float.BYTES, stored);
        precision(memory, "fp16, bf16", mainTotal.parameters() * Short.BYTES, stored);
        for (var format : List.of(StoredFormat.Q8_0, StoredFormat.Q4_K, StoredFormat.Q4_0)) {
            long bytes = QuantizationPlan.of(format).bytes(model);
            memory.addNamed(
                    format.id(),
                    bytes,
                    "%s, as 'nextstep quantize --to %s' stores it".formatted(Amounts.bytes(bytes), format.id()));
        }
    }

    private static Map<DataType, Size> storedTypes(TensorSource... sources) {
        var types = new EnumMap<DataType, Size>(DataType.class);
        for (var source : sources) {
            for (var name : source.names()) {
                source.find(name).ifPresent(t -> types.merge(t.type(), Size.of(t), Size::plus));
            }
        }
        return types;
    }

    private static void precision(Report.Section section, String name, long main, long vae) {
        section.addNamed(
                name,
                main + vae,
                "%s: %s + image tokenizer as stored %s"
                        .formatted(Amounts.bytes(main + vae), Amounts.bytes(main), Amounts.bytes(vae)));
    }

    private static Size sizes(Report.Section section, Map<ModelPart, Size> sizes) {
        var total = Size.NONE;
        for (var entry : sizes.entrySet()) {
            var size = entry.getValue();
            total = total.plus(size);
            section.add(
                    entry.getKey().title().replace(": ", "_").replace(' ', '_'),
                    json(size),
                    "%,d (%s)".formatted(size.parameters(), Amounts.bytes(size.storedBytes())));
        }
        return total;
    }

    private static Map<String, Object> json(Size size) {
        var members = new LinkedHashMap<String, Object>();
        members.put("tensors", size.tensors());
        members.put("parameters", size.parameters());
        members.put("bytes", size.storedBytes());
        return members;
    }

    private void drawing(NextStep model) {
        var defaults = model.generateDefaults();
        var section = report.section("Drawing");
        section.add(
                "default_size",
                List.of(defaults.width(), defaults.height()),
                "%d x %d pixels".formatted(defaults.width(), defaults.height()));
        section.add(
                "default_settings",
                "%s, %d steps, guidance %s"
                        .formatted(defaults.sampler().id(), defaults.steps(), defaults.guidanceScale()));
        long perPosition = model.parts().backend().cache().bytesPerPosition();
        section.add(
                "keys_and_values_of_1000_positions",
                KEPT_POSITIONS * perPosition,
                Amounts.bytes(KEPT_POSITIONS * perPosition));
        memory(section, model, defaults.width(), defaults.height());
        int side = model.parts().pixelsPerToken();
        boolean other = defaults.width() != 512 || defaults.height() != 512;
        if (other && 512 % side == 0) {
            memory(section, model, 512, 512);
        }
    }

    private static void memory(Report.Section section, NextStep model, int width, int height) {
        var request = GenerateRequest.builder("a picture of something")
                .size(width, height)
                .seed(0)
                .build();
        MemoryEstimate estimate = model.memory(request);
        section.add(
                "heap_for_%dx%d".formatted(width, height),
                estimate.bytes(),
                "%s besides the weights".formatted(Amounts.bytes(estimate.bytes())));
    }

    private void unused(ModelDirectory model) {
        var names = new ArrayList<>(model.tensors().unusedNames());
        model.vae().tensors().names().stream()
                .filter(n -> ModelPart.of(n) == ModelPart.OTHER)
                .forEach(names::add);
        report.section("Unused tensors").add("names", names, names.isEmpty() ? "none" : String.join(", ", names));
    }

    private void prediction(NextStep model) {
        var prediction = SpeedPrediction.of(model, model.generateDefaults());
        var section = report.section("Prediction for one picture");
        for (var item : prediction.items()) {
            var members = new LinkedHashMap<String, Object>();
            members.put("arithmetic", item.arithmetic());
            members.put("seconds", item.seconds());
            section.addNamed(
                    item.name(), members, "%-9s = %s".formatted(Amounts.seconds(item.seconds()), item.arithmetic()));
        }
        section.add(
                "seconds",
                prediction.seconds(),
                "about %s on %d threads when warm; attention and small operations not counted"
                        .formatted(
                                Amounts.seconds(prediction.seconds()),
                                model.parts().cpu().team().size()));
    }
}
