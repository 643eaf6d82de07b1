package dev.lockstep.params.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Which file systems processes may share memory through. */
public final class FileSystems {
    /** Of other machines, or of programs: what one process writes there another may see late, or never. */
    private static final Set<String> FAR = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "9p",
            "afs",
            "ceph",
            "glusterfs",
            "lustre",
            "gpfs",
            "beegfs",
            "ocfs2",
            "gfs2",
            "orangefs",
            "virtiofs",
            "vboxsf",
            "davfs",
            "davfs2");

    private FileSystems() {}

    public static boolean isLocal(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return !FAR.contains(lower) && !lower.startsWith("fuse");
    }

    static void requireLocal(Path folder) throws IOException {
        String type = Files.getFileStore(folder).type();
        if (!isLocal(type)) {
            throw new IOException("file system is not this machine's own: folder=" + folder + ", type=" + type);
        }
    }
}
