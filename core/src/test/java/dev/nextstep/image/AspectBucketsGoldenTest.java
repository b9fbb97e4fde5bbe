package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AspectBucketsGoldenTest {
    private final Path buckets = Golden.folder("feb/buckets").resolve("buckets.json");
    private final Path rules = Golden.folder("image/resample").resolve("size_rules.json");

    @Test
    void ratiosAndGrids() {
        JsonNode golden = Golden.json(buckets);
        assertGrids(AspectBuckets.RATIOS, golden.get("ratios"));
        assertThat(golden.get("grids").properties()).isNotEmpty();
        for (var grids : golden.get("grids").properties()) {
            assertGrids(AspectBuckets.grids(Integer.parseInt(grids.getKey())), grids.getValue());
        }
    }

    @Test
    void sizes() {
        JsonNode sizes = Golden.json(buckets).get("sizes");
        assertThat(sizes.size()).isPositive();
        for (JsonNode size : sizes) {
            int w = size.get("width").asInt();
            int h = size.get("height").asInt();
            String at = w + " x " + h;
            assertThat(AspectBuckets.nearest(w, h))
                    .as(at)
                    .isEqualTo(size.get("bucket_index").asInt());
            for (var field : size.properties()) {
                String name = field.getKey();
                if (name.startsWith("multi_")) {
                    List<Integer> areas = name.equals("multi_default")
                            ? AspectBuckets.DEFAULT_AREAS
                            : java.util.Arrays.stream(name.substring(6).split("_", -1))
                                    .map(Integer::valueOf)
                                    .toList();
                    assertPlan(
                            AspectBuckets.crop(w, h, AspectBuckets.chooseArea(w, h, areas)),
                            field.getValue(),
                            at + " " + name);
                } else if (name.endsWith("_stretch")) {
                    int area = Integer.parseInt(name.substring(4, name.length() - 8));
                    AspectBuckets.Plan plan = AspectBuckets.stretch(w, h, area);
                    assertThat(new int[] {plan.width(), plan.height()})
                            .as(at + " " + name)
                            .containsExactly(
                                    field.getValue().get("w").asInt(),
                                    field.getValue().get("h").asInt());
                } else if (name.startsWith("area")) {
                    AspectBuckets.Plan plan = AspectBuckets.crop(w, h, Integer.parseInt(name.substring(4)));
                    assertPlan(plan, field.getValue(), at + " " + name);
                    assertThat(new int[] {plan.grid().height(), plan.grid().width()})
                            .as(at + " " + name)
                            .containsExactly(
                                    field.getValue().get("grid_h").asInt(),
                                    field.getValue().get("grid_w").asInt());
                }
            }
        }
    }

    @Test
    void sizeRules() {
        JsonNode cases = Golden.json(rules);
        assertThat(cases.size()).isPositive();
        for (JsonNode c : cases) {
            int w = c.get("width").asInt();
            int h = c.get("height").asInt();
            String at = w + " x " + h;
            int area = AspectBuckets.chooseArea(w, h, AspectBuckets.DEFAULT_AREAS);
            assertThat(area).as(at).isEqualTo(c.get("default_buckets_area").asInt());
            AspectBuckets.Plan plan = AspectBuckets.crop(w, h, area);
            AspectBuckets.Grid ratio = AspectBuckets.RATIOS.get(AspectBuckets.nearest(w, h));
            assertThat(new int[] {
                        ratio.height(),
                        ratio.width(),
                        plan.height(),
                        plan.width(),
                        plan.resizeHeight(),
                        plan.resizeWidth()
                    })
                    .as(at)
                    .containsExactly(
                            c.get("bucket_hw").get(0).asInt(),
                            c.get("bucket_hw").get(1).asInt(),
                            c.get("target_px_hw").get(0).asInt(),
                            c.get("target_px_hw").get(1).asInt(),
                            c.get("resized_hw").get(0).asInt(),
                            c.get("resized_hw").get(1).asInt());
        }
    }

    @Test
    void wantedRatio() {
        assertThat(AspectBuckets.nearest(9.0 / 16)).isEqualTo(AspectBuckets.nearest(1920, 1080));
        assertThat(AspectBuckets.nearest(1.0)).isEqualTo(8);
        assertThatThrownBy(() -> AspectBuckets.nearest(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> AspectBuckets.grids(40)).hasMessageContaining("multiple of 16");
        assertThatThrownBy(() -> AspectBuckets.chooseArea(1, 1, List.of())).hasMessageContaining("at least one");
    }

    private static void assertGrids(List<AspectBuckets.Grid> actual, JsonNode expected) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i))
                    .isEqualTo(new AspectBuckets.Grid(
                            expected.get(i).get(0).asInt(),
                            expected.get(i).get(1).asInt()));
        }
    }

    private static void assertPlan(AspectBuckets.Plan plan, JsonNode expected, String at) {
        assertThat(new int[] {
                    plan.resizeWidth(), plan.resizeHeight(), plan.cropX(), plan.cropY(), plan.width(), plan.height()
                })
                .as(at)
                .containsExactly(
                        expected.get("resize_w").asInt(),
                        expected.get("resize_h").asInt(),
                        expected.get("crop_x").asInt(),
                        expected.get("crop_y").asInt(),
                        expected.get("out_w").asInt(),
                        expected.get("out_h").asInt());
    }
}
