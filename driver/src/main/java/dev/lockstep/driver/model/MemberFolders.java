package dev.lockstep.driver.model;

import org.apache.hadoop.fs.Path;

/** Where the networks of an ensemble lie before they are put together: {@code OUTPUT/members/1}, {@code /2}, ... */
public final class MemberFolders {
    private MemberFolders() {}

    /** The output of a member's own run. */
    public static Path of(String output, long member) {
        return new Path(all(output), Long.toString(member));
    }

    /** The folder of all. */
    public static Path all(String output) {
        return new Path(output, "members");
    }

    /** A member's model. */
    public static Path model(String output, long member) {
        return ModelFolder.in(of(output, member));
    }
}
