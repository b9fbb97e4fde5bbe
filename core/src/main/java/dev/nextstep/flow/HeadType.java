package dev.nextstep.flow;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How an open model keeps the matrices of its flow head. */
public enum HeadType {
    /** As they are in the model's files. */
    STORED("stored"),
    /**
     * In blocks of 8.5 bits a weight ({@link dev.nextstep.tensor.DataType#Q8_0}), made when the model is opened: the very
     * weights that {@code nextstep quantize --head q8_0} writes. What is in blocks already stays.
     */
    Q8("q8");

    private final String id;

    HeadType(String id) {
        this.id = id;
    }

    /** The name in recipes and on the command line. */
    public String id() {
        return id;
    }

    /**
     * The type of that name.
     *
     * @throws IllegalArgumentException listing the names
     */
    public static HeadType of(String id) {
        return Arrays.stream(values())
                .filter(type -> type.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown type '%s' of the flow head; there are %s"
                        .formatted(id, Arrays.stream(values()).map(HeadType::id).collect(Collectors.joining(", ")))));
    }
}
