package io.freehold.rest.idempotency;

import io.freehold.api.security.Principal;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.ContextParams;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key}: keeps what is answered to a POST as it is written, and answers the same POST with it. Of
 * an answer that is too long, or breaks off, it stays unknown what became of the request.
 */
public final class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter, WriterInterceptor {
    private static final String HEADER = "Idempotency-Key";
    private static final String UNDER_WAY = "io.freehold.rest.idempotency";
    private static final int MAX_KEPT = 1 << 20;
    private static final List<String> KEPT_HEADERS = List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG);
    private static final Set<String> ELSEWHERE = Set.of("auth", "setup", "instances");

    private final Replays replays;

    private IdempotencyFilter(Replays replays) {
        this.replays = replays;
    }

    /**
     * Puts one before every POST of Freehold's own but those of signing in, whose answers are secrets, and those on
     * instances, whose operations know their keys themselves; the other methods are spared the look.
     */
    public static DynamicFeature forPosts(Replays replays) {
        return (resource, context) -> {
            if (resource.getResourceMethod().isAnnotationPresent(POST.class)
                    && !isElsewhere(resource.getResourceClass().getAnnotation(Path.class))) {
                context.register(new IdempotencyFilter(replays));
            }
        };
    }

    /** Puts one before every method of a plugin's, which may say in ways of its own that it is a POST. */
    public static DynamicFeature forPlugin(Replays replays) {
        return (resource, context) -> context.register(new IdempotencyFilter(replays));
    }

    /**
     * A request that was begun.
     *
     * @param answer its status and its headers, once they are known
     */
    private record UnderWay(Principal principal, String key, String fingerprint, Replays.@Nullable Answer answer) {
        UnderWay with(Replays.Answer known) {
            return new UnderWay(principal, key, fingerprint, known);
        }
    }

    @Override
    public void filter(ContainerRequestContext context) {
        ContainerRequest request = (ContainerRequest) context;
        String key = IdempotencyKey.of(request.getHeaderString(HEADER));
        if (key == null || !"POST".equals(request.getMethod())) {
            return;
        }
        Principal principal = ContextParams.of(request).requireCaller().principal();
        UnderWay underWay = new UnderWay(principal, key, fingerprint(request), null);
        Optional<Replays.Answer> before = replays.begin(principal, key, underWay.fingerprint());
        if (before.isPresent()) {
            request.abortWith(again(before.get()));
        } else {
            request.setProperty(UNDER_WAY, underWay);
        }
    }

    private static boolean isElsewhere(@Nullable Path noun) {
        return noun != null && ELSEWHERE.contains(noun.value().split("/", 2)[0]);
    }

    private static Response again(Replays.Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).header("Idempotency-Replayed", "true");
        answer.headers().forEach(response::header);
        if (!answer.body().isEmpty()) {
            response.entity(Base64.getDecoder().decode(answer.body()));
        }
        return response.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(UNDER_WAY) instanceof UnderWay underWay)) {
            return;
        }
        if (response.getStatus() >= 400) {
            request.removeProperty(UNDER_WAY);
            if (hadNoEffect(response)) {
                replays.forget(underWay.principal(), underWay.key());
            } else {
                replays.leaveUnknown(underWay.principal(), underWay.key());
            }
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        Replays.Answer answer = new Replays.Answer(response.getStatus(), headers, "");
        if (response.hasEntity()) {
            request.setProperty(UNDER_WAY, underWay.with(answer));
        } else {
            finish(underWay, answer);
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (context.getProperty(UNDER_WAY) instanceof UnderWay underWay && underWay.answer() != null) {
            keep(context, underWay, underWay.answer());
        } else {
            context.proceed();
        }
    }

    private void keep(WriterInterceptorContext context, UnderWay underWay, Replays.Answer answer) throws IOException {
        Tee tee = new Tee(context.getOutputStream(), MAX_KEPT);
        context.setOutputStream(tee);
        byte[] body = null;
        try {
            context.proceed();
            body = tee.kept();
        } finally {
            if (body == null) {
                replays.leaveUnknown(underWay.principal(), underWay.key());
            }
        }
        if (body != null) {
            Map<String, String> headers = new LinkedHashMap<>(answer.headers());
            headers.put(HttpHeaders.CONTENT_TYPE, context.getMediaType().toString());
            String text = Base64.getEncoder().encodeToString(body);
            finish(underWay, new Replays.Answer(answer.status(), headers, text));
        }
    }

    private void finish(UnderWay underWay, Replays.Answer answer) {
        replays.finish(underWay.principal(), underWay.key(), underWay.fingerprint(), answer);
    }

    /** Refusals come before the effect; a fault or a time-out may come after it. */
    private static boolean hadNoEffect(ContainerResponseContext response) {
        return response.getStatus() < 500
                || (response.getEntity() instanceof Problem problem && "BUSY".equals(problem.code()));
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
