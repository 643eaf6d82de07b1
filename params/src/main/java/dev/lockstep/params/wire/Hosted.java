package dev.lockstep.params.wire;

import dev.lockstep.params.link.Address;
import java.util.UUID;

/**
 * A process has a shard. The step says which one it has applied last. Worker to coordinator, after every JOIN and HOST,
 * once per shard.
 *
 * <pre>
 *    24  int     shard
 *    28  int     fingerprint
 *    32  16 byte host
 *    48         address, as {@link Addresses} writes it
 * </pre>
 *
 * @param fingerprint of the layout that the shard was made for
 * @param host whose memory it reads and writes
 * @param address of its inbox
 */
public record Hosted(long step, int shard, int fingerprint, UUID host, Address address) implements Message {
    @Override
    public FrameType type() {
        return FrameType.HOSTED;
    }

    @Override
    public void write(BodyWriter out) {
        Addresses.write(address, out.writeInt(shard).writeInt(fingerprint).writeUuid(host));
    }

    public static Hosted read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Hosted(frame.step(), in.readInt(), in.readInt(), in.readUuid(), Addresses.read(in)));
    }
}
