package dev.lockstep.params.wire;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.plane.HostPlace;

/**
 * Where one member of the new generation is. Coordinator to all workers and shards, one frame per member, before START.
 *
 * <pre>
 *    24  byte    role: 0 WORKER, 1 SHARD
 *    25  int     index
 *    29  16 byte host
 *    45  16 byte gradient; zeros for a shard
 *    61         address, as {@link Addresses} writes it
 * </pre>
 */
public record Member(Role role, int index, HostPlace place, Address address) implements Message {
    @Override
    public FrameType type() {
        return FrameType.MEMBER;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeEnum(role).writeInt(index).writeUuid(place.host()).writeUuid(place.gradient());
        Addresses.write(address, out);
    }

    public static Member read(Frame frame) {
        BodyReader in = frame.body();
        Role role = in.readEnum(Role.values());
        int index = in.readInt();
        HostPlace place = new HostPlace(in.readUuid(), in.readUuid());
        return in.end(new Member(role, index, place, Addresses.read(in)));
    }
}
