package dev.nextstep.tensor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void oneBadValueAnywhereIsFound(float bad) {
        for (int at = 0; at < 5; at++) {
            var values = new float[] {1, -2, 0, Float.MAX_VALUE, -Float.MAX_VALUE};
            values[at] = bad;
            assertThatThrownBy(() -> Finite.require(values, "model.safetensors: token 3"))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("model.safetensors: token 3");
        }
    }

    @Test
    void largeValuesAreFine() {
        var values = new float[] {Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f};
        assertThatCode(() -> Finite.require(values, "x")).doesNotThrowAnyException();
        assertThatCode(() -> Finite.require(new float[0], "x")).doesNotThrowAnyException();
    }
}
