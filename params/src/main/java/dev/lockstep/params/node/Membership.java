package dev.lockstep.params.node;

import dev.lockstep.params.Layout;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.member.ClusterSettings;
import java.io.Serializable;

/**
 * What a worker must know to take its place in a job.
 *
 * @param worker its number, 0 is the first
 * @param coordinator where to join
 */
public record Membership(ClusterSettings settings, Address coordinator, int worker, Layout layout)
        implements Serializable {}
