package dev.lockstep.deploy;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Lockstep.class.getPackage().getImplementationVersion();
        return new String[] {"lockstep " + (version == null ? "(built from sources)" : version)};
    }
}
