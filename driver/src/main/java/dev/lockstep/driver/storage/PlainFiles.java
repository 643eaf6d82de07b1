package dev.lockstep.driver.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * File systems without Hadoop's files of checksums beside: other programs write here too, and theirs would not match.
 */
public final class PlainFiles {
    private PlainFiles() {}

    public static FileSystem of(Path path, Configuration hadoop) throws IOException {
        FileSystem found = path.getFileSystem(hadoop);
        return found instanceof LocalFileSystem local ? local.getRaw() : found;
    }
}
