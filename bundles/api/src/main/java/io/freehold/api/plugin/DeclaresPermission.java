package io.freehold.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * A permission that a plugin brings. It is shown before the plugin is enabled, and can be granted while the plugin
 * runs. The build turns it into a capability of the bundle in the namespace {@code io.freehold.permission}; put it on
 * any class of the plugin, once for each permission.
 */
@Documented
@Capability(namespace = "io.freehold.permission")
@Repeatable(DeclaresPermission.Several.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface DeclaresPermission {
    /** The permission as {@code resource:verb}; the resource is a word of the plugin's own. */
    @Attribute("permission")
    String value();

    /** The built-in roles that hold it beside {@code administrator}, who holds everything. */
    @Attribute("roles")
    String[] roles() default {};

    /** Holds those of a class that declares more than one. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target({ElementType.TYPE, ElementType.PACKAGE})
    @interface Several {
        /** Each of them. */
        DeclaresPermission[] value();
    }
}
