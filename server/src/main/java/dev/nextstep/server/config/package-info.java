/** What can be set: once described, and read the same from the command line, the environment and a file. */
@NullMarked
package dev.nextstep.server.config;

import org.jspecify.annotations.NullMarked;
