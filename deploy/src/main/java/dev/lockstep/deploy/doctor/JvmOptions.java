package dev.lockstep.deploy.doctor;

/** What Aeron needs of a JVM beyond what Spark asks for itself. The launcher's file {@code conf/jvm.options} says the same. */
public final class JvmOptions {
    public static final String ADD_OPENS =
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    private JvmOptions() {}

    /** Whether the JVM this runs in was started with the options. */
    public static boolean areSet() {
        Module base = Object.class.getModule();
        Module ours = JvmOptions.class.getModule();
        return base.isOpen("jdk.internal.misc", ours) && base.isOpen("sun.nio.ch", ours);
    }
}
