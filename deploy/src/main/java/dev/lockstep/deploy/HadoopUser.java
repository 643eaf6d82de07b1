package dev.lockstep.deploy;

import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;

/** As whom this process works with Hadoop's file systems. */
final class HadoopUser {
    private HadoopUser() {}

    /**
     * Logs in, by the name that Java has for the user where the system knows none, as for a container's user id without
     * an entry in passwd.
     *
     * @return whether the system knows the user: processes that Spark starts need that
     */
    static boolean login() {
        try {
            UserGroupInformation unused = UserGroupInformation.getLoginUser();
            return true;
        } catch (IOException e) {
            if (UserGroupInformation.isSecurityEnabled()) {
                throw new IllegalStateException("Hadoop's login failed", e);
            }
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(System.getProperty("user.name")));
            return false;
        }
    }
}
