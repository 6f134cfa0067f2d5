package io.freehold.rest.idempotency;

import io.freehold.api.security.Principal;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.ContextParams;
import io.freehold.rest.json.Json;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key} for every POST but those of signing in, whose answers are secrets, and those on
 * instances, whose operations know their keys themselves.
 */
public final class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String HEADER = "Idempotency-Key";
    private static final String UNDER_WAY = "io.freehold.rest.idempotency";
    private static final Annotation[] NO_ANNOTATIONS = {};
    private static final List<String> KEPT_HEADERS = List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG);

    private final Replays replays;
    private final Json json;

    private IdempotencyFilter(Replays replays, Json json) {
        this.replays = replays;
        this.json = json;
    }

    /** Puts one before every method that is a POST; the others are spared the look. */
    public static DynamicFeature forPosts(Replays replays, Json json) {
        return (resource, context) -> {
            if (resource.getResourceMethod().isAnnotationPresent(POST.class)) {
                context.register(new IdempotencyFilter(replays, json));
            }
        };
    }

    private record UnderWay(Principal principal, String key, String fingerprint) {}

    @Override
    public void filter(ContainerRequestContext context) {
        ContainerRequest request = (ContainerRequest) context;
        String key = IdempotencyKey.of(request.getHeaderString(HEADER));
        if (key == null || isElsewhere(request.getPath(false))) {
            return;
        }
        Principal principal = ContextParams.of(request).requireCaller().principal();
        UnderWay underWay = new UnderWay(principal, key, fingerprint(request));
        Optional<Replays.Answer> before = replays.begin(principal, key, underWay.fingerprint());
        if (before.isPresent()) {
            request.abortWith(again(before.get()));
        } else {
            request.setProperty(UNDER_WAY, underWay);
        }
    }

    private static boolean isElsewhere(String path) {
        String noun = path.startsWith("/") ? path.substring(1) : path;
        return noun.startsWith("auth/")
                || noun.equals("setup")
                || noun.equals("instances")
                || noun.startsWith("instances/");
    }

    private static Response again(Replays.Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).header("Idempotency-Replayed", "true");
        answer.headers().forEach(response::header);
        if (!answer.body().isEmpty()) {
            response.entity(answer.body().getBytes(StandardCharsets.UTF_8)).type(MediaType.APPLICATION_JSON_TYPE);
        }
        return response.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(UNDER_WAY) instanceof UnderWay underWay)) {
            return;
        }
        if (response.getStatus() >= 300) {
            if (hadNoEffect(response)) {
                replays.forget(underWay.principal(), underWay.key());
            } else {
                replays.leaveUnknown(underWay.principal(), underWay.key());
            }
            return;
        }
        byte[] body = bytes(response.getEntity());
        if (body.length > 0) {
            response.setEntity(body, NO_ANNOTATIONS, MediaType.APPLICATION_JSON_TYPE);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        replays.finish(
                underWay.principal(),
                underWay.key(),
                underWay.fingerprint(),
                new Replays.Answer(response.getStatus(), headers, new String(body, StandardCharsets.UTF_8)));
    }

    /** Refusals come before the effect; a fault or a time-out may come after it. */
    private static boolean hadNoEffect(ContainerResponseContext response) {
        return response.getStatus() < 500
                || (response.getEntity() instanceof Problem problem && "BUSY".equals(problem.code()));
    }

    private byte[] bytes(@Nullable Object entity) {
        if (entity == null) {
            return new byte[0];
        }
        return entity instanceof byte[] bytes ? bytes : json.bytes(entity);
    }

    private static String fingerprint(ContainerRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (request.getMethod() + " " + request.getRequestUri() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                    .formatHex(digest.digest(ContextParams.body(request).sha256()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
