package io.freehold.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/** Says in words why a bundle does not run. */
@ProviderType
public interface BundleDoctor {

    /** What keeps the bundle, or its components, from running, one line each; empty if nothing does. */
    List<String> why(Bundle bundle);
}
