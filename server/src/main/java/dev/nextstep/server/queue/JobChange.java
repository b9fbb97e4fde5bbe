package dev.nextstep.server.queue;

/** Something that changed in a job; versions of a job's changes ascend. */
public sealed interface JobChange {
    /** The number of the change. */
    long version();

    /**
     * A picture changed.
     *
     * @param picture as it is now
     */
    record OfPicture(JobPicture picture) implements JobChange {
        @Override
        public long version() {
            return picture.version();
        }
    }

    /**
     * The state of the job changed.
     *
     * @param job as it is now
     */
    record OfState(Job job) implements JobChange {
        @Override
        public long version() {
            return job.stateVersion();
        }
    }
}
