package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.admission.Demand;
import io.freehold.api.form.Form;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.OperationContext;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineRefusal;
import java.util.List;

/** Creates and deletes containers. */
final class ContainerProvisioning implements Provisioning {
    private final EngineClient client;

    ContainerProvisioning(EngineClient client) {
        this.client = client;
    }

    @Override
    public Form configuration() {
        return ContainerRequest.CONFIGURATION;
    }

    @Override
    public List<Demand> demands(InstanceSpec spec) {
        return HostDemands.of(ContainerRequest.of(spec));
    }

    @Override
    public NativeId create(InstanceSpec spec, OperationContext context) {
        ObjectNode request = ContainerRequest.of(spec);
        context.checkCancelled();
        try {
            return post(spec, request);
        } catch (EngineRefusal e) {
            if (e.code() != ErrorCode.NOT_FOUND || !e.said().startsWith("No such image")) {
                throw e;
            }
        }
        new ImagePull(client, spec.template(), context).run();
        context.checkCancelled();
        return post(spec, request);
    }

    @Override
    public void delete(NativeId id, OperationContext context) {
        try {
            client.call("DELETE", Containers.path(id) + "?force=1&v=1", null, EngineClient.LONG);
        } catch (EngineRefusal e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return;
            }
            if (e.code() != ErrorCode.CONFLICT || !e.said().contains("already in progress")) {
                throw e;
            }
            awaitRemoval(id);
        }
    }

    private NativeId post(InstanceSpec spec, ObjectNode request) {
        String target = "/containers/create?name=" + EngineClient.encode(spec.name());
        try {
            JsonNode answer = client.call("POST", target, request, EngineClient.LONG);
            return new NativeId(answer.path("Id").asText());
        } catch (EngineRefusal e) {
            throw e;
        } catch (ProviderException e) {
            removeTraces(spec.creationToken(), e);
            throw e;
        }
    }

    /** Somebody else deletes it at this moment. */
    private void awaitRemoval(NativeId id) {
        try {
            client.call("POST", Containers.path(id) + "/wait?condition=removed", null, EngineClient.LONG);
        } catch (EngineRefusal e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** The answer to a creation was lost, so the container may be there all the same. */
    private void removeTraces(String token, ProviderException cause) {
        try {
            String filter = "{\"label\":[\"" + ContainerMapper.TOKEN_LABEL + "=" + token + "\"]}";
            for (JsonNode left : client.get("/containers/json?all=1&filters=" + EngineClient.encode(filter))) {
                client.call(
                        "DELETE", "/containers/" + left.path("Id").asText() + "?force=1&v=1", null, EngineClient.LONG);
            }
        } catch (ProviderException e) {
            // the engine is out of reach: its token shows the container to whoever reads the list next
            cause.addSuppressed(e);
        }
    }
}
