package dev.nextstep.kernel;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ObjIntConsumer;

/**
 * The threads that convolutions and spatial attention run on, and the memory that each thread needs while it works on
 * a tile, kept from one call to the next. Safe for use by several callers at a time.
 */
public final class GemmWorkspace {

    /** What one thread works in. Contents are whatever the last piece of work left. */
    static final class Scratch {
        private float[] input = new float[0];
        private float[] sums = new float[0];
        private int[] rows = new int[0];

        float[] input(int size) {
            if (input.length < size) {
                input = new float[size];
            }
            return input;
        }

        float[] sums(int size) {
            if (sums.length < size) {
                sums = new float[size];
            }
            return sums;
        }

        int[] rows(int size) {
            if (rows.length < size) {
                rows = new int[size];
            }
            return rows;
        }
    }

    private final ThreadTeam team;
    private final ConcurrentLinkedQueue<Scratch> free = new ConcurrentLinkedQueue<>();

    public GemmWorkspace(ThreadTeam team) {
        this.team = team;
    }

    ThreadTeam team() {
        return team;
    }

    /** Runs all pieces on the team, each with memory of its own. */
    void run(int pieces, ObjIntConsumer<Scratch> piece) {
        team.run(pieces, index -> {
            var scratch = free.poll();
            if (scratch == null) {
                scratch = new Scratch();
            }
            piece.accept(scratch, index);
            free.offer(scratch);
        });
    }
}
