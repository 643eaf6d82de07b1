package dev.lockstep.driver.storage;

import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who gets a lease of several that want it, and when its owner is taken for gone.
 *
 * <pre>
 *   no file                      whoever makes it
 *   its owner is gone            whoever makes the claim to succeed that owner, and finds it still there;
 *   the claim's maker is gone    the same again
 * </pre>
 *
 * <p>A claim is named after the owner that is to be succeeded. So one who was slow to see that owner gone never takes
 * the fresh lease of a successor for the old one.
 */
final class Succession {
    static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    /** Of moments in which others are at it. */
    private static final int ATTEMPTS = 200;

    private static final long POLL_MS = 50;
    private static final long SIGN_POLL_MS = 500;

    private Succession() {}

    /**
     * Takes the lease for an owner, or finds that its thread holds it already.
     *
     * @return who holds it now
     * @throws JobFileException if another run does
     */
    static Owner take(LeaseFile file, Owner owner) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (file.isMadeBy(owner)) {
                return owner;
            }
            Optional<Long> sign = file.lastSign();
            Optional<Owner> holder = file.namedHolder();
            if (holder.isPresent() && holder.get().isSameThread(owner)) {
                return holder.get();
            }
            if (sign.isPresent() && !isGone(file, sign, holder, owner)) {
                throw refusal(file);
            }
            if (sign.isPresent() && succeeds(file, holder, owner)) {
                return owner;
            }
        }
        throw new IOException("the lease is taken again and again: file=" + file.path());
    }

    /** False where another has been quicker, or is about to be. */
    static boolean succeeds(LeaseFile file, Optional<Owner> gone, Owner owner) throws IOException {
        LeaseFile claim = file.claimAfter(gone);
        if (!claim.isMadeBy(owner) && !isInherited(claim, owner)) {
            return false;
        }
        try {
            if (file.lastSign().isEmpty() || !file.namedHolder().equals(gone)) {
                return false;
            }
            LOG.info(
                    "The run that wrote to this output is gone: folder={}, owner={}",
                    file.path().getParent(),
                    gone);
            file.delete();
            return file.isMadeBy(owner);
        } finally {
            claim.discard();
        }
    }

    /** Whether one made a claim and is gone, and this owner has it now. */
    private static boolean isInherited(LeaseFile claim, Owner owner) throws IOException {
        Optional<Long> sign = claim.lastSign();
        Optional<Owner> other = claim.namedHolder();
        if (sign.isEmpty() || !isGone(claim, sign, other, owner)) {
            LeaseFile.pause(POLL_MS);
            return false;
        }
        return succeeds(claim, other, owner);
    }

    /** @param sign seen before the holder was */
    private static boolean isGone(LeaseFile file, Optional<Long> sign, Optional<Owner> holder, Owner owner)
            throws IOException {
        boolean visible = holder.isPresent() && holder.get().isSameHost(owner);
        return visible ? !holder.get().isAlive() : isSilent(file, sign, holder, owner);
    }

    /**
     * Whether an owner on another host is silent for long enough, waited for: one that lives shows it sooner. So the
     * driver of a container that was killed is succeeded by the next one.
     */
    private static boolean isSilent(LeaseFile file, Optional<Long> sign, Optional<Owner> holder, Owner owner)
            throws IOException {
        Optional<Duration> silence = file.silence(owner);
        if (silence.isEmpty()) {
            return true;
        }
        Duration left = SILENCE.minus(silence.get());
        if (!left.isNegative()) {
            LOG.info(
                    "Another run may write to this output, on another host: waiting {} s for a sign of life from it,"
                            + " folder={}",
                    left.toSeconds(),
                    file.path().getParent());
        }
        long endNs = System.nanoTime() + left.toNanos();
        do {
            // Two signs may bear the same time.
            if (!file.lastSign().equals(sign) || !file.holder().equals(holder)) {
                return file.lastSign().isEmpty();
            }
            LeaseFile.pause(SIGN_POLL_MS);
        } while (System.nanoTime() - endNs < 0);
        return true;
    }

    private static JobFileException refusal(LeaseFile file) throws IOException {
        String who = file.namedHolder()
                .map(other ->
                        ", host=" + other.host() + ", process=" + other.process() + ", started=" + other.started())
                .orElse("");
        return new JobFileException("Another run writes to this output: folder="
                + file.path().getParent() + who + ". Wait for its end, or name another output.");
    }
}
