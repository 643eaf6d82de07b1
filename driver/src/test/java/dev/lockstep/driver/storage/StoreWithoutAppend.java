package dev.lockstep.driver.storage;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** Local files that cannot be appended to, as an object store's. */
public final class StoreWithoutAppend extends RawLocalFileSystem {
    private static final String SCHEME = "store";

    public static Configuration configuration() {
        Configuration hadoop = new Configuration();
        hadoop.setClass("fs." + SCHEME + ".impl", StoreWithoutAppend.class, org.apache.hadoop.fs.FileSystem.class);
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
    public boolean hasPathCapability(Path path, String capability) throws java.io.IOException {
        return !capability.equals(CommonPathCapabilities.FS_APPEND) && super.hasPathCapability(path, capability);
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException("append");
    }
}
