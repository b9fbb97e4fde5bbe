@org.jspecify.annotations.NullMarked
package dev.nextstep.server.workflows;
