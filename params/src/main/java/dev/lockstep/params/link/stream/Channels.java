package dev.lockstep.params.link.stream;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channel;

/** Closing of what nobody uses any more. */
final class Channels {
    private static final Logger LOG = System.getLogger(Channels.class.getName());

    private Channels() {}

    /** A channel that cannot be closed is lost for this process, and no harm to it. */
    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Channel cannot be closed", e);
        }
    }
}
