package io.freehold.rest.admin;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.plugin.BundleDoctor;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;
import io.freehold.rest.HttpSettings;
import io.freehold.rest.admin.AdminViews.BundleList;
import io.freehold.rest.admin.AdminViews.BundleView;
import io.freehold.rest.admin.AdminViews.Bundles;
import io.freehold.rest.admin.AdminViews.Diagnosis;
import io.freehold.rest.admin.AdminViews.RouteList;
import io.freehold.rest.admin.AdminViews.Status;
import io.freehold.rest.http.Problem;
import io.freehold.rest.http.Problems;
import io.freehold.rest.http.RequestContext;
import io.freehold.rest.json.Json;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers over the admin socket: status and bundles always; what is served, and the whole API as the owner of the
 * data folder, while it is served.
 */
final class AdminHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);
    private static final String BUNDLE = "/admin/v1/bundles/([A-Za-z0-9._-]{1,200})/";
    private static final Pattern ACTION = Pattern.compile(BUNDLE + "(start|stop)");
    private static final Pattern WHY = Pattern.compile(BUNDLE + "why");

    private final Served served;
    private final BundleAdmin bundles;
    private final Problems problems;
    private final Json json;
    private final String version;
    private final List<String> features;

    AdminHandler(Served served, BundleContext context, Problems problems, Json json, List<String> features) {
        this.served = served;
        this.bundles = new BundleAdmin(context);
        this.problems = problems;
        this.json = json;
        this.version = HttpSettings.version(context);
        this.features = features;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        try {
            if (path.startsWith("/api/v1/")) {
                return api(request, response, callback);
            }
            Matcher action = ACTION.matcher(path);
            Matcher why = WHY.matcher(path);
            boolean get = "GET".equals(request.getMethod());
            if (get && "/admin/v1/status".equals(path)) {
                answer(response, callback, status());
            } else if (get && "/admin/v1/bundles".equals(path)) {
                answer(response, callback, new BundleList(bundles.list()));
            } else if (get && "/admin/v1/routes".equals(path)) {
                routes(request, response, callback);
            } else if (get && why.matches()) {
                answer(response, callback, why(why.group(1)));
            } else if ("POST".equals(request.getMethod()) && action.matches()) {
                answer(response, callback, act(request, action.group(1), action.group(2)));
            } else {
                return false;
            }
        } catch (RuntimeException e) {
            problems.write(request, response, callback, Problems.of(e));
        }
        return true;
    }

    private boolean api(Request request, Response response, Callback callback) {
        Served.Listening listening = served.listening.get();
        Authenticator authenticator = served.authenticator.get();
        if (listening == null || authenticator == null) {
            unserved(request, response, callback);
            return true;
        }
        return listening
                .endpoint()
                .api()
                .handle(request, response, callback, (any, origin) -> authenticator.owner(origin));
    }

    private void routes(Request request, Response response, Callback callback) {
        Served.Listening listening = served.listening.get();
        if (listening == null) {
            unserved(request, response, callback);
        } else {
            answer(response, callback, new RouteList(listening.endpoint().routes()));
        }
    }

    private void unserved(Request request, Response response, Callback callback) {
        problems.write(
                request,
                response,
                callback,
                Problem.of(503, "UNAVAILABLE", "The API is not served at the moment; see the status.")
                        .header("Retry-After", "2"));
    }

    private Status status() {
        Served.Listening listening = served.listening.get();
        List<BundleView> all = bundles.list();
        return new Status(
                version,
                ProcessHandle.current().pid(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                listening != null,
                listening == null ? null : listening.address(),
                listening == null ? null : listening.endpoint().tls().orElse(null),
                features,
                new Bundles(all.size(), (int) all.stream()
                        .filter(bundle -> "ACTIVE".equals(bundle.state()))
                        .count()));
    }

    private Diagnosis why(String idOrName) {
        Bundle bundle = bundles.find(idOrName);
        BundleDoctor doctor = served.doctor.get();
        if (doctor == null) {
            throw new FreeholdException(
                    ErrorCode.UNAVAILABLE, "The bundle io.freehold.plugins knows why, and does not run itself.");
        }
        BundleView view = BundleAdmin.view(bundle);
        return new Diagnosis(view.symbolicName(), view.state(), doctor.why(bundle));
    }

    /** Stopping may take the audit log away and starting bring it back: each is recorded while it is there. */
    private BundleView act(Request request, String idOrName, String action) {
        Bundle bundle = bundles.find(idOrName);
        boolean stop = "stop".equals(action);
        if (stop) {
            bundles.checkStoppable(bundle);
        }
        Origin origin = RequestContext.of(request).origin();
        // What cannot be recorded is refused, by what this throws.
        record(origin, bundle, action, Outcome.INTENT);
        try {
            BundleView view = stop ? bundles.stop(bundle) : bundles.start(bundle);
            recordEnd(origin, bundle, action, Outcome.SUCCESS);
            return view;
        } catch (RuntimeException e) {
            recordEnd(origin, bundle, action, Outcome.FAILURE);
            throw e;
        }
    }

    private void record(Origin origin, Bundle bundle, String action, Outcome outcome) {
        AuditLog audit = served.audit.get();
        if (audit != null) {
            audit.record(owner(origin), "bundle." + action, "bundles/" + bundle.getSymbolicName(), outcome, "");
        }
    }

    /** It is done, so it cannot be refused any more: the intent is recorded, and the log says the rest. */
    private void recordEnd(Origin origin, Bundle bundle, String action, Outcome outcome) {
        try {
            record(origin, bundle, action, outcome);
        } catch (RuntimeException e) {
            LOG.warn("How bundle.{} of {} ended ({}) is not recorded", action, bundle, outcome, e);
        }
    }

    private Caller owner(Origin origin) {
        Authenticator authenticator = served.authenticator.get();
        return authenticator == null ? new Caller(Principal.OWNER, "owner", null, origin) : authenticator.owner(origin);
    }

    private void answer(Response response, Callback callback, Object view) {
        byte[] body = json.bytes(view);
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
