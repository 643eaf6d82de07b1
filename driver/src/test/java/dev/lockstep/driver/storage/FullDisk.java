package dev.lockstep.driver.storage;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** Local files for which there is no space. Linux has a file of that kind. */
public final class FullDisk extends RawLocalFileSystem {
    private static final String SCHEME = "full";

    public static Configuration configuration() {
        Configuration hadoop = new Configuration();
        hadoop.setClass("fs." + SCHEME + ".impl", FullDisk.class, FileSystem.class);
        return hadoop;
    }

    public static Path path(java.nio.file.Path local) {
        return new Path(SCHEME + "://" + local);
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        super.create(path, overwrite, bufferSize, replication, blockSize, progress)
                .close();
        return super.create(
                new Path(SCHEME + ":///dev/full"), /* overwrite */ true, bufferSize, replication, blockSize, progress);
    }
}
