package dev.nextstep.lab;

import dev.nextstep.train.model.GradientCheckpointing;
import dev.nextstep.train.plan.Sharding;
import dev.nextstep.train.plan.TrainingPlan;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** A plan for people and for programs. */
final class PlanReport {
    private static final double GIGA = 1e9;
    private static final double PERCENT = 100;

    private final TrainingPlan plan;

    PlanReport(TrainingPlan plan) {
        this.plan = plan;
    }

    /** As members of a JSON object; bytes, operations, seconds. */
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("kind", plan.kind());
        var parameters = new LinkedHashMap<String, Object>(plan.parameters().parts());
        parameters.put("total", plan.parameters().total());
        members.put("parameters", parameters);
        plan.imageTokenizer().ifPresent(p -> members.put("image_tokenizer_parameters", p.total()));
        members.put("parts_of_a_step", plan.parts());
        members.put("step", step());
        put(members, "steps", plan.steps());
        put(members, "tokens", plan.tokens());
        var flops = new LinkedHashMap<String, Object>(flops());
        flops.put("total", plan.flops().total());
        members.put("flops_of_a_step", flops);
        put(members, "flops", plan.totalFlops());
        members.put("memory", memory());
        members.put("memory_peak", peaks());
        var devices = new LinkedHashMap<String, Object>();
        devices.put("count", plan.devices().count());
        put(devices, "memory", plan.devices().memory());
        devices.put("flops", plan.devices().flops());
        devices.put("utilisation", plan.devices().utilisation());
        members.put("devices", devices);
        members.put("seconds_of_a_step", plan.stepSeconds());
        put(members, "days", plan.days());
        members.put("assumptions", plan.assumptions());
        return members;
    }

    private static void put(Map<String, Object> members, String name, OptionalDouble value) {
        value.ifPresent(v -> members.put(name, v));
    }

    private Map<String, Double> step() {
        var step = new LinkedHashMap<String, Double>();
        step.put("positions", plan.step().positions());
        step.put("row_length", plan.step().rowLength());
        step.put("text_labels", plan.step().text());
        step.put("image_tokens", plan.step().image());
        step.put("learned_image_tokens", plan.step().learned());
        step.put("pictures", plan.step().pictures());
        step.put("samples", plan.step().samples());
        return step;
    }

    private Map<String, Double> flops() {
        var flops = new LinkedHashMap<String, Double>();
        flops.put("transformer", plan.flops().transformer());
        flops.put("attention", plan.flops().attention());
        flops.put("lm_head", plan.flops().lmHead());
        flops.put("projectors", plan.flops().projectors());
        flops.put("flow_head", plan.flops().flowHead());
        flops.put("recomputed", plan.flops().recomputed());
        flops.put("image_tokenizer", plan.flops().imageTokenizer());
        flops.put("optimizer", plan.flops().optimizer());
        flops.values().removeIf(v -> v == 0);
        return flops;
    }

    private Map<String, Double> memory() {
        var memory = new LinkedHashMap<String, Double>();
        memory.put("weights", plan.memory().weights());
        memory.put("rounded_weights", plan.memory().rounded());
        memory.put("rounded_weights_checkpointed", plan.memory().roundedCheckpointed());
        memory.put("gradients", plan.memory().gradients());
        memory.put("optimizer_states", plan.memory().optimizerStates());
        memory.put("average", plan.memory().average());
        memory.put("image_tokenizer", plan.memory().imageTokenizer());
        memory.put("activations", plan.memory().activations());
        memory.put("activations_checkpointed", plan.memory().recomputedActivations());
        memory.put("optimizer_workspace", plan.memory().optimizerWorkspace());
        memory.put("data", plan.memory().batch());
        memory.values().removeIf(v -> v == 0);
        return memory;
    }

    /** The most at a time by what is shared and kept. */
    private Map<String, Double> peaks() {
        var peaks = new LinkedHashMap<String, Double>();
        for (var sharding : Sharding.values()) {
            if (sharding != Sharding.NONE && plan.devices().count() == 1) {
                continue;
            }
            for (var checkpointing : GradientCheckpointing.values()) {
                boolean same = plan.memory().activations() == plan.memory().recomputedActivations();
                if (checkpointing != GradientCheckpointing.NONE && same) {
                    continue;
                }
                peaks.put(
                        name(sharding) + (checkpointing == GradientCheckpointing.NONE ? "" : ", checkpointed"),
                        plan.memory()
                                .peak(checkpointing, sharding, plan.devices().count()));
            }
        }
        return peaks;
    }

    private static String name(Sharding sharding) {
        return switch (sharding) {
            case NONE -> "nothing shared";
            case STATES -> "states and gradients shared";
            case WEIGHTS -> "weights too";
        };
    }

    /** As a table. */
    void print(PrintWriter out) {
        line(out, "parameters", "%,d".formatted(plan.parameters().total()));
        plan.parameters().parts().forEach((name, n) -> line(out, "  " + name, "%,d".formatted(n)));
        plan.imageTokenizer().ifPresent(p -> line(out, "image tokenizer (frozen)", "%,d".formatted(p.total())));
        out.println();
        line(out, "tokens of a step", "%,.0f in %d parts".formatted(plan.step().positions(), plan.parts()));
        step().forEach((name, n) -> {
            if (!name.equals("positions") && n > 0) {
                line(out, "  " + name.replace('_', ' '), "%,.0f".formatted(n));
            }
        });
        plan.steps().ifPresent(n -> line(out, "steps", "%,.0f".formatted(n)));
        plan.tokens().ifPresent(n -> line(out, "tokens in all", "%.3g".formatted(n)));
        out.println();
        line(out, "operations of a step", "%.3g".formatted(plan.flops().total()));
        flops().forEach((name, n) -> line(
                out,
                "  " + name.replace('_', ' '),
                "%.3g  %4.1f %%".formatted(n, PERCENT * n / plan.flops().total())));
        plan.totalFlops().ifPresent(n -> line(out, "operations in all", "%.3g".formatted(n)));
        out.println();
        out.println("memory of a device");
        memory().forEach((name, n) -> line(out, "  " + name.replace('_', ' '), ByteSize.text(n)));
        out.println("at most at a time");
        peaks().forEach((name, n) -> line(out, "  " + name, "%s%s".formatted(ByteSize.text(n), fits(n))));
        out.println();
        line(
                out,
                "devices",
                "%d of %.1f GFLOP/s at %.0f %%"
                        .formatted(
                                plan.devices().count(),
                                plan.devices().flops() / GIGA,
                                PERCENT * plan.devices().utilisation()));
        line(out, "seconds of a step", "%.3g".formatted(plan.stepSeconds()));
        plan.days().ifPresent(n -> line(out, "days", "%.3g".formatted(n)));
        if (!plan.assumptions().isEmpty()) {
            out.println("\nsupposed:");
            plan.assumptions().forEach(a -> out.println("  " + a));
        }
        out.flush();
    }

    private String fits(double bytes) {
        var memory = plan.devices().memory();
        return memory.isEmpty() ? "" : bytes <= memory.getAsDouble() ? ", fits" : ", does not fit";
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("%-42s %s%n", name, value);
    }
}
