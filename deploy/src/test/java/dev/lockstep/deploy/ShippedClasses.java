package dev.lockstep.deploy;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves tests out, in whatever folder a build has them: ArchUnit's own option knows target/test-classes alone. */
public final class ShippedClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
        return !location.contains("/test-classes/");
    }
}
