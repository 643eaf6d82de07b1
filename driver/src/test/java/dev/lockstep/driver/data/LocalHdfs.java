package dev.lockstep.driver.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real name node and data node, which all tests of this JVM share: each has a folder of its own. */
public final class LocalHdfs {
    private static MiniDFSCluster cluster;

    private final FileSystem files;
    private final Path folder;

    private LocalHdfs(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** @param test whose folder it is, made anew */
    public static synchronized LocalHdfs of(Class<?> test) throws IOException {
        if (cluster == null) {
            java.nio.file.Path base = Files.createTempDirectory("lockstep-hdfs");
            Configuration configuration = new Configuration();
            configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, base.toString());
            cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(base)));
            cluster.waitActive();
        }
        FileSystem files = cluster.getFileSystem();
        Path folder = new Path(files.getUri() + "/" + test.getSimpleName());
        files.delete(folder, /* recursive */ true);
        return new LocalHdfs(files, folder);
    }

    private static void end(java.nio.file.Path base) {
        cluster.shutdown();
        boolean unused = FileUtil.fullyDelete(base.toFile());
    }

    public FileSystem files() {
        return files;
    }

    /** @param name as {@code data/1.csv} */
    public Path path(String name) {
        return new Path(folder, name);
    }

    /** The same as a job names it. */
    public String uri(String name) {
        return path(name).toString();
    }

    public void write(String name, String text) throws IOException {
        try (OutputStream out = files.create(path(name))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
