@org.jspecify.annotations.NullMarked
package dev.nextstep.tensor;
