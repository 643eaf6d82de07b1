package dev.lockstep.deploy.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** Hadoop's own YARN for tests: two nodes in this JVM, whose containers are processes of this machine. */
final class MiniYarn implements AutoCloseable {
    private static final int NODES = 2;
    private static final String QUEUE = "yarn.scheduler.capacity.root.default.";

    private final MiniYARNCluster cluster;
    private final Path configuration;

    private MiniYarn(MiniYARNCluster cluster, Path configuration) {
        this.cluster = cluster;
        this.configuration = configuration;
    }

    static MiniYarn start(Path folder) throws IOException {
        MiniYARNCluster cluster = new MiniYARNCluster("yarn", NODES, /* numLocalDirs */ 1, /* numLogDirs */ 1);
        cluster.init(settings());
        cluster.start();
        Path configuration = Files.createDirectories(folder.resolve("hadoop"));
        try (OutputStream out = Files.newOutputStream(configuration.resolve("yarn-site.xml"))) {
            cluster.getConfig().writeXml(out);
        }
        return new MiniYarn(cluster, configuration);
    }

    /** What clients have as HADOOP_CONF_DIR. */
    Path configuration() {
        return configuration;
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }

    private static Configuration settings() {
        Configuration settings = new YarnConfiguration();
        settings.setInt("yarn.minicluster.yarn.nodemanager.resource.memory-mb", 5000);
        settings.set("yarn.scheduler.minimum-allocation-mb", "128");
        settings.set("yarn.nodemanager.admin-env", "JAVA_HOME=" + System.getProperty("java.home"));
        settings.set("yarn.nodemanager.vmem-check-enabled", "false");
        settings.set("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100.0");
        // Hadoop's jar for tests lacks the file that says so.
        settings.set("yarn.scheduler.capacity.root.queues", "default");
        settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
        settings.set(QUEUE + "capacity", "100");
        settings.set(QUEUE + "maximum-capacity", "100");
        settings.set(QUEUE + "state", "RUNNING");
        settings.set(QUEUE + "acl_submit_applications", "*");
        settings.set(QUEUE + "acl_administer_queue", "*");
        return settings;
    }
}
