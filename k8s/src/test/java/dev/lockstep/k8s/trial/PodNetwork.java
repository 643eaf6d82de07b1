package dev.lockstep.k8s.trial;

import dev.lockstep.k8s.image.Shell;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A switch between pods and this machine, in a namespace that ends with the process that holds it, and that one with
 * this one.
 */
final class PodNetwork implements Closeable {
    private static final int LARGEST = 250;

    private final Process holder;
    private final String prefix;
    private final AtomicInteger last = new AtomicInteger(1);

    private PodNetwork(Process holder, String prefix) {
        this.holder = holder;
        this.prefix = prefix;
    }

    static PodNetwork start() throws IOException {
        long own = ProcessHandle.current().pid();
        String prefix = "10." + (100 + own % 100) + "." + own / 100 % LARGEST + ".";
        Process holder = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "bash",
                        "-euc",
                        "ip link add br0 type bridge; ip link set br0 up; echo ready; exec cat")
                .start();
        if (holder.getInputStream().read() != 'r') {
            throw new IOException("The network of the pods could not be made: address=" + prefix + "0/24");
        }
        PodNetwork network = new PodNetwork(holder, prefix);
        String here = "lsk" + own % 1_000_000;
        String unused = Shell.run("ip link add " + here + " type veth peer name host netns " + holder.pid()
                + "; ip addr add " + prefix + "1/24 dev " + here + "; ip link set " + here + " up; "
                + network.inSwitch("ip link set host master br0 up"));
        return network;
    }

    private String inSwitch(String command) {
        return "nsenter -t " + holder.pid() + " -n " + command;
    }

    /** Where this machine is, as pods see it. */
    String here() {
        return prefix + "1";
    }

    String nextAddress() {
        return prefix + last.incrementAndGet();
    }

    /** What connects the network namespace that it is run in. */
    String connect(String address) {
        String port = "p" + address.substring(address.lastIndexOf('.') + 1);
        return "ip link add eth0 type veth peer name " + port + " netns " + holder.pid() + "; ip addr add " + address
                + "/24 dev eth0; ip link set eth0 up; " + inSwitch("ip link set " + port + " master br0 up") + ";";
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
