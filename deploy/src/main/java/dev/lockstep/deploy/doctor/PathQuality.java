package dev.lockstep.deploy.doctor;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Whether a way that is open is good enough for gradients, which cross it twice a step. */
final class PathQuality {
    /** Of a network of 100 Mbit/s: a step of a million parameters takes most of a second. */
    private static final double SLOW = 12;

    private static final double LONG_MS = 10;
    private static final double MUCH = 0.01;

    private PathQuality() {}

    static Finding of(Station from, Way way) {
        List<String> poor = new ArrayList<>();
        if (way.tcp().mebibytesPerSecond() < SLOW) {
            poor.add("a slow network");
        }
        if (way.tcp().roundTripMs() > LONG_MS) {
            poor.add("a long way");
        }
        if (way.udp().lost() > MUCH) {
            poor.add("packets get lost");
        }
        String found = from.process() + " to " + way.to() + ": " + way.tcp() + "; " + way.udp();
        if (!poor.isEmpty()) {
            return Finding.warn(
                    "path",
                    found + ": " + String.join(", ", poor),
                    "Put the executors closer together, or let train.compression make gradients smaller");
        }
        return way.carriesMtu()
                ? Finding.ok("path", found)
                : Finding.warn(
                        "mtu",
                        "packets of " + way.interfaceMtu() + " bytes, as the interface sends them, do not get to "
                                + way.to(),
                        "Set the interface's MTU to what the whole path carries");
    }

    static Finding ofAll(List<Way> ways) {
        String found = "to " + ways.size() + " at other addresses: tcp "
                + range(ways, way -> way.tcp().mebibytesPerSecond(), "%.0f") + " MiB/s, round trip "
                + range(ways, way -> way.tcp().roundTripMs(), "%.2f") + " ms; udp "
                + range(ways, way -> 100 * way.udp().lost(), "%.1f") + " % lost; MTU "
                + range(ways, Way::interfaceMtu, "%.0f");
        return Finding.ok("paths", found);
    }

    private static String range(List<Way> ways, ToDoubleFunction<Way> value, String form) {
        DoubleSummaryStatistics all = ways.stream().mapToDouble(value).summaryStatistics();
        String least = String.format(Locale.ROOT, form, all.getMin());
        String most = String.format(Locale.ROOT, form, all.getMax());
        return least.equals(most) ? least : least + " to " + most;
    }
}
