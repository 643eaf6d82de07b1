package dev.lockstep.params.link;

import dev.lockstep.params.ParamException;

/** What watches over frames that cross a network. Thread-safe, unlike what it gives. */
public interface Guard {
    /** Lets everything through, as it is. */
    Guard NONE = new Guard() {
        @Override
        public Seal seal(Address to, int job) {
            return Seal.NONE;
        }

        @Override
        public Gate before(Address inbox) {
            return Gate.OPEN;
        }
    };

    /**
     * For one link of a job to an inbox.
     *
     * @throws ParamException if this process does not take part in the job
     */
    Seal seal(Address to, int job);

    /** For what comes to an inbox of this process. */
    Gate before(Address inbox);
}
