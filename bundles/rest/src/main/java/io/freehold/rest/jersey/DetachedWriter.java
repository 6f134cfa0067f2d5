package io.freehold.rest.jersey;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Writes nothing of a {@link Detached} entity: it writes itself, later. */
final class DetachedWriter implements MessageBodyWriter<Detached> {
    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return Detached.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            Detached entity,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        // Jersey wants a writer for each entity; JerseyAnswer starts this one once the head is written.
    }
}
