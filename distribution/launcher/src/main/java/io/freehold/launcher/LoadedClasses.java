package io.freehold.launcher;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links what the bundles have loaded. The JVM's archive holds linked classes alone, and of class loaders that
 * are not its own it links nothing by itself: one class in eight would be left out.
 */
final class LoadedClasses {
    private static final Logger log = LoggerFactory.getLogger(LoadedClasses.class);

    private LoadedClasses() {}

    static void link(Bundle[] bundles) {
        try {
            Method find = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
            find.setAccessible(true);
            int fields = 0;
            for (Bundle bundle : bundles) {
                BundleWiring wiring = bundle.adapt(BundleWiring.class);
                if (bundle.getBundleId() != 0 && wiring != null && wiring.getClassLoader() != null) {
                    fields += link(wiring, find);
                }
            }
            log.debug("Linked classes with {} fields", fields);
        } catch (InaccessibleObjectException | ReflectiveOperationException e) {
            log.debug("The archive of classes will lack some: {}", Failures.reason(e));
        }
    }

    private static int link(BundleWiring wiring, Method find) throws ReflectiveOperationException {
        int fields = 0;
        int local = BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE;
        for (String file : wiring.listResources("/", "*.class", local)) {
            String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
            if (find.invoke(wiring.getClassLoader(), name) instanceof Class<?> loaded) {
                fields += link(loaded);
            }
        }
        return fields;
    }

    /** Asking a class for its fields links it. */
    private static int link(Class<?> loaded) {
        try {
            return loaded.getDeclaredFields().length;
        } catch (LinkageError e) {
            log.debug("{} mentions what is not here: {}", loaded, Failures.reason(e));
            return 0;
        }
    }
}
