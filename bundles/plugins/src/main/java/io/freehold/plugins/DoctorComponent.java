package io.freehold.plugins;

import io.freehold.api.plugin.BundleCheck;
import io.freehold.api.plugin.BundleDoctor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * The doctor for every bundle, those of Freehold itself among them. It leans on nothing of Freehold, so that it
 * can be asked why Freehold is not served.
 */
@Component
public final class DoctorComponent implements BundleDoctor {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<BundleCheck> checks = new CopyOnWriteArrayList<>();

    private final Doctor doctor;

    @Activate
    public DoctorComponent(BundleContext context, @Reference ServiceComponentRuntime components) {
        doctor = new Doctor(context, components, checks);
    }

    @Override
    public List<String> why(Bundle bundle) {
        return doctor.why(bundle);
    }
}
