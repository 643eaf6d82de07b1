package dev.lockstep.params.link.aeron;

import dev.lockstep.params.link.Link;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A link by one protocol, or by another where a firewall lets the first one not through. Decided once, when one of them
 * has connected: the first has some seconds before the second is tried.
 */
final class FallbackLink implements Link {
    private static final Logger LOG = System.getLogger(FallbackLink.class.getName());
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private final Link preferred;
    private final Supplier<Link> alternative;
    private final long sinceNs = System.nanoTime();
    private Link other;
    private Link chosen;

    FallbackLink(Link preferred, Supplier<Link> alternative) {
        this.preferred = preferred;
        this.alternative = alternative;
    }

    /** Null as long as neither is connected. */
    private Link chosen() {
        if (chosen == null && preferred.isConnected()) {
            choose(preferred, other);
        } else if (chosen == null && System.nanoTime() - sinceNs > PATIENCE_NS) {
            this.other = other == null ? alternative.get() : other;
            if (other.isConnected()) {
                LOG.log(Level.WARNING, "Link goes another way: " + other.describe() + "; " + preferred.describe());
                choose(other, preferred);
            }
        }

        return chosen;
    }

    private void choose(Link link, Link unused) {
        this.chosen = link;
        if (unused != null) {
            unused.close();
        }
    }

    /** Until it is decided the preferred one's; what the other cannot carry finds no room, and is cut anew. */
    @Override
    public int maxFrameLength() {
        Link link = chosen();
        return link == null ? preferred.maxFrameLength() : link.maxFrameLength();
    }

    @Override
    public boolean needsCheck() {
        return chosen == null || chosen.needsCheck();
    }

    @Override
    public MutableDirectBuffer claim(int length) {
        Link link = chosen();
        return link == null || length > link.maxFrameLength() ? null : link.claim(length);
    }

    @Override
    public boolean gathers() {
        return chosen != null && chosen.gathers();
    }

    @Override
    public boolean send(DirectBuffer head, int headLength, ByteBuffer words) {
        Link link = chosen();
        boolean fits = link != null && headLength + words.remaining() <= link.maxFrameLength();
        return fits && link.send(head, headLength, words);
    }

    @Override
    public void commit() {
        chosen.commit();
    }

    @Override
    public void flush() {
        Link link = chosen();
        if (link != null) {
            link.flush();
        }
    }

    @Override
    public boolean isConnected() {
        Link link = chosen();
        return link != null && link.isConnected();
    }

    @Override
    public String describe() {
        if (chosen != null) {
            return chosen.describe();
        }

        return preferred.describe() + (other == null ? "" : "; " + other.describe());
    }

    @Override
    public void close() {
        if (chosen != null) {
            chosen.close();
            return;
        }

        preferred.close();
        if (other != null) {
            other.close();
        }
    }
}
