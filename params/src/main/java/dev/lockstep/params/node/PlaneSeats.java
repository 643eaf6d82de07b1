package dev.lockstep.params.node;

import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.plane.HostPlane;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.plane.Region;
import java.util.ArrayDeque;
import java.util.UUID;

/** The seats of this process's workers in the memory of one job, kept from segment to segment. Thread-safe. */
final class PlaneSeats {
    private final HostPlane plane;
    private final ArrayDeque<HostSeat> free = new ArrayDeque<>();
    private int taken;
    private boolean over;

    PlaneSeats(HostPlane plane) {
        this.plane = plane;
    }

    HostPlane plane() {
        return plane;
    }

    /** @throws dev.lockstep.params.ParamException if there is no room for another gradient */
    synchronized HostSeat take() {
        HostSeat seat = free.isEmpty() ? create() : free.pop();
        taken++;
        return seat;
    }

    private HostSeat create() {
        UUID name = UUID.randomUUID();
        Region gradient = plane.create(name);
        return new HostSeat(plane, new HostPlace(plane.host(), name), gradient, this::giveBack);
    }

    private synchronized void giveBack(HostSeat seat) {
        free.push(seat);
        taken--;
        closeIfUnused();
    }

    synchronized boolean isUnused() {
        return taken == 0;
    }

    /** Nobody takes another seat; the memory goes once the last one is given back. */
    synchronized void end() {
        this.over = true;
        plane.leave();
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (over && taken == 0) {
            plane.close();
        }
    }
}
