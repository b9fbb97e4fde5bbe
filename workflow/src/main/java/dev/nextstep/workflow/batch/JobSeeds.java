package dev.nextstep.workflow.batch;

/** Seeds of jobs that have none. */
public final class JobSeeds {
    private JobSeeds() {}

    /**
     * The seed of a job: far apart for neighbours, and the same whatever the other jobs are (SplitMix64; Steele, Lea and Flood
     * 2014).
     *
     * @param seed of the batch
     * @param number of the job, from 0
     * @return 32 bits, so that people can type it
     */
    public static long of(long seed, int number) {
        long z = seed + (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return (z ^ (z >>> 31)) >>> 32;
    }
}
