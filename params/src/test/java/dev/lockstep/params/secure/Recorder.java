package dev.lockstep.params.secure;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Guard;
import dev.lockstep.params.link.Seal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;

/** Somebody who hears all that comes to a process before its gates do: credentials, and frames as they are sealed. */
final class Recorder implements Guard {
    final List<byte[]> credentials = new CopyOnWriteArrayList<>();
    final List<byte[]> frames = new CopyOnWriteArrayList<>();
    private final Guard guard;

    Recorder(Guard guard) {
        this.guard = guard;
    }

    @Override
    public Seal seal(Address to, int job) {
        return guard.seal(to, job);
    }

    @Override
    public Gate before(Address inbox) {
        Gate gate = guard.before(inbox);
        return new Gate() {
            @Override
            public boolean pass(DirectBuffer buffer, int offset, int length, FrameHandler to, Object from) {
                byte[] frame = new byte[length];
                buffer.getBytes(offset, frame);
                frames.add(frame);
                return gate.pass(buffer, offset, length, to, from);
            }

            @Override
            public boolean admits(byte[] credential, Object from) {
                credentials.add(credential);
                return gate.admits(credential, from);
            }
        };
    }
}
