package dev.lockstep.params.secure;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Guard;
import dev.lockstep.params.link.Seal;
import dev.lockstep.params.link.Security;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of the jobs that one process takes part in. Thread-safe. */
public final class Keyring implements Guard {
    /** Jobs whose end nobody has told; the oldest goes first. */
    private static final int MOST = 256;

    private final Security security;
    private final Refusals refusals = new Refusals();
    private final Map<Integer, JobKey> keys = new LinkedHashMap<>();

    public Keyring(Security security) {
        this.security = security;
    }

    /** This process takes part in a job from now on. */
    public synchronized void admit(int job, JobKey key) {
        if (keys.putIfAbsent(job, key) == null && keys.size() > MOST) {
            keys.remove(keys.keySet().iterator().next());
        }
    }

    /** A job is over: its frames are strangers' from now on. Links that are there can still say farewell. */
    public synchronized void forget(int job) {
        keys.remove(job);
    }

    /** Null for a job that this process takes no part in. */
    synchronized JobKey key(int job) {
        return keys.get(job);
    }

    @Override
    public Seal seal(Address to, int job) {
        if (security == Security.NONE) {
            return Seal.NONE;
        }

        JobKey key = key(job);
        if (key == null) {
            throw new ParamException(Outcome.NOT_DONE, "Process has no key of the job: job=" + job + ", inbox=" + to);
        }

        return new LinkSeal(security, key, job, to);
    }

    @Override
    public Gate before(Address inbox) {
        return security == Security.NONE ? Gate.OPEN : new KeyGate(security, this, inbox, refusals);
    }

    /** How often something was refused; for tests. */
    public Refusals refusals() {
        return refusals;
    }

    @Override
    public synchronized String toString() {
        return security + ", keys of " + keys.size() + " jobs";
    }
}
