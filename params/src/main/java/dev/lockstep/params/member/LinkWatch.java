package dev.lockstep.params.member;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.Link;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks after the links of a member, because what waits in one that does not connect is nobody's silence: both ends may
 * be well, and only the way between them closed. One thread.
 */
public final class LinkWatch {
    private static final Logger LOG = System.getLogger(LinkWatch.class.getName());

    /**
     * @param lastNs when it was connected, or seen first if it never was
     * @param told whether the log has that it no longer is
     */
    private record State(boolean met, long lastNs, boolean told) {}

    private final String member;
    private final Endpoint endpoint;
    private final ClusterSettings settings;
    private final Clock clock;
    private final Map<Link, State> states = new HashMap<>();

    /** @param member for messages: {@code worker 3} */
    public LinkWatch(String member, Endpoint endpoint, ClusterSettings settings) {
        this.member = member;
        this.endpoint = endpoint;
        this.settings = settings;
        this.clock = endpoint.clock();
    }

    /** Whether all links to some addresses are connected; throws as {@link #require}. */
    public boolean areConnected(Predicate<Address> which) {
        require(which);
        return endpoint.links().entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .allMatch(entry -> entry.getValue().isConnected());
    }

    /**
     * Looks at all links to some addresses.
     *
     * @throws AbortException if one has not been connected for too long: {@link ClusterSettings#connect} at first, and
     *     the silence that makes a member lost after that
     */
    public void require(Predicate<Address> which) {
        states.keySet().retainAll(endpoint.links().values());
        List<String> late = new ArrayList<>();
        long now = clock.nanos();
        long longestNs = 0;
        for (Map.Entry<Address, Link> entry : endpoint.links().entrySet()) {
            Link link = entry.getValue();
            if (!which.test(entry.getKey())) {
                // What nobody looked after for a while has not been waited for.
                states.remove(link);
                continue;
            }

            State state = state(link, now);
            states.put(link, state);
            if (now - state.lastNs() > patienceNs(state)) {
                late.add(link.describe());
                longestNs = Math.max(longestNs, now - state.lastNs());
            }
        }

        if (!late.isEmpty()) {
            throw new AbortException(Kind.LOST, message(late, longestNs));
        }
    }

    private State state(Link link, long now) {
        if (link.isConnected()) {
            return new State(/* met */ true, now, /* told */ false);
        }

        State state = states.getOrDefault(link, new State(/* met */ false, now, /* told */ false));
        if (!state.met()
                || state.told()
                || now - state.lastNs() < settings.heartbeat().toNanos()) {
            return state;
        }

        LOG.log(
                Level.WARNING,
                "A link is down, and given up if it stays so: from=" + member + " at " + endpoint.address() + ", link="
                        + link.describe() + ", givenUpAfterMs="
                        + settings.silence().toMillis());
        return new State(/* met */ true, state.lastNs(), /* told */ true);
    }

    private long patienceNs(State state) {
        return (state.met() ? settings.silence() : settings.connect()).toNanos();
    }

    private String message(List<String> links, long waitedNs) {
        return "Links do not connect: from=" + member + " at " + endpoint.address() + ", links=" + links + ", waitedMs="
                + waitedNs / 1_000_000 + ". Let firewalls pass these ports from each host to the other;"
                + " spark.lockstep.port.first and .last name ones that are open, and lockstep doctor --master tries them.";
    }
}
