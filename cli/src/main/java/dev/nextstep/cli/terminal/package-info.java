/**
 * What the command shows on a terminal: what the terminal can do, pictures drawn into it, progress, colours of text, and
 * contact sheets. Nothing here reads from the terminal or asks it questions with escape sequences: a terminal that does
 * not answer would hang the command.
 */
@NullMarked
package dev.nextstep.cli.terminal;

import org.jspecify.annotations.NullMarked;
