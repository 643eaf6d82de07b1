package dev.lockstep.deploy.doctor;

import java.io.Serializable;
import java.net.InetSocketAddress;

/** Where a process of the cluster answers the examination. Travels with tasks, so no record: Kryo cannot write one. */
final class Station implements Serializable {
    private static final long serialVersionUID = 1;

    private final String process;
    private final String address;
    private final int port;

    /**
     * @param process for messages: {@code executor 3}
     * @param address a number, because others may not know the name
     * @param port of TCP and of UDP
     */
    Station(String process, String address, int port) {
        this.process = process;
        this.address = address;
        this.port = port;
    }

    String process() {
        return process;
    }

    String address() {
        return address;
    }

    int port() {
        return port;
    }

    InetSocketAddress socket() {
        return new InetSocketAddress(address, port);
    }

    @Override
    public String toString() {
        return process + " at " + address + ":" + port;
    }
}
