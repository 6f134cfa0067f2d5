package io.freehold.rest.jersey;

import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;

/**
 * Models of resources that are objects of ours. Registered as plain objects, Jersey would take each for a
 * provider too and warn that it is none.
 */
final class ResourceModels {
    private ResourceModels() {}

    static Resource of(Object instance) {
        Resource annotated = Resource.from(instance.getClass());
        if (annotated == null) {
            throw new IllegalArgumentException(instance.getClass().getName() + " is no resource");
        }
        return copy(annotated, instance).build();
    }

    private static Resource.Builder copy(Resource annotated, Object instance) {
        Resource.Builder builder = Resource.builder();
        if (annotated.getPath() != null) {
            builder.path(annotated.getPath());
        }
        annotated.getResourceMethods().forEach(method -> copy(method, builder, instance));
        annotated
                .getChildResources()
                .forEach(child -> builder.addChildResource(copy(child, instance).build()));
        return builder;
    }

    private static void copy(ResourceMethod method, Resource.Builder builder, Object instance) {
        ResourceMethod.Builder copy = builder.addMethod(method.getHttpMethod())
                .consumes(method.getConsumedTypes())
                .produces(method.getProducedTypes())
                .handledBy(instance, method.getInvocable().getDefinitionMethod());
        if (method.isSuspendDeclared()) {
            copy.suspended(0, TimeUnit.MILLISECONDS);
        }
        copy.build();
    }
}
