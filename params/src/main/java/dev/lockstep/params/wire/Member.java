package dev.lockstep.params.wire;

import dev.lockstep.params.link.Address;

/**
 * Where one member of the new generation is. Coordinator to all workers and shards, one frame per member, before START.
 *
 * <pre>
 *    24  byte    role: 0 WORKER, 1 SHARD
 *    25  int     index
 *    29         address, as {@link Addresses} writes it
 * </pre>
 */
public record Member(Role role, int index, Address address) implements Message {
    @Override
    public FrameType type() {
        return FrameType.MEMBER;
    }

    @Override
    public void write(BodyWriter out) {
        Addresses.write(address, out.writeEnum(role).writeInt(index));
    }

    public static Member read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Member(in.readEnum(Role.values()), in.readInt(), Addresses.read(in)));
    }
}
