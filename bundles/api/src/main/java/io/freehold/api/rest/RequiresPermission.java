package io.freehold.api.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that a resource method takes. A caller who holds it nowhere is refused before its body is read, so
 * that nobody learns from complaints about a body what they may not do, and the attempt is recorded in the audit log.
 * Whether it is held for the very thing that the call is about is for the service behind the method to decide.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresPermission {
    /**
     * The permission as {@code resource:verb}. {@code {name}} stands for the path parameter of that name, as in
     * {@code instance:{action}}; where that makes no permission that there is, the service decides alone.
     */
    String value();
}
