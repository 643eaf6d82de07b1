package dev.lockstep.params.member;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.wire.Role;
import java.util.Locale;

/** One member as the coordinator sees it. One thread. */
final class SegmentMember {
    private final Role role;
    private final int index;
    private Address address;
    private HostPlace place;
    private long step;
    private long heardNs;
    private boolean ready;
    private boolean left;

    SegmentMember(Role role, int index) {
        this.role = role;
        this.index = index;
    }

    Role role() {
        return role;
    }

    int index() {
        return index;
    }

    /** Null until it has said where it is. */
    Address address() {
        return address;
    }

    /** Its memory; null as long as its address is. */
    HostPlace place() {
        return place;
    }

    void settle(Address at, HostPlace memory, long atStep) {
        this.address = at;
        this.place = memory;
        this.step = atStep;
    }

    /** Of a shard: the last step that it has applied. */
    long step() {
        return step;
    }

    void heard(long nowNs) {
        this.heardNs = nowNs;
    }

    long silentNs(long nowNs) {
        return nowNs - heardNs;
    }

    boolean isReady() {
        return ready;
    }

    void ready() {
        this.ready = true;
    }

    /** A worker that has done its segment, so that nothing is expected of it any more. */
    boolean hasLeft() {
        return left;
    }

    void leave() {
        this.left = true;
    }

    @Override
    public String toString() {
        return role.name().toLowerCase(Locale.ROOT) + " " + index + " at " + address;
    }
}
