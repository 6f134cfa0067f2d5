package io.freehold.examples.hello;

import io.freehold.api.ErrorCode;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Node;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.OperationContext;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.Provider;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.ProviderInfo;
import io.freehold.api.provider.Provisioning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/** Hosts greeters, which live in memory and go on while nobody is connected. */
@Component
public final class HelloProvider implements Provider {
    private static final Form FORM = Form.of(Field.of("town", FieldType.TEXT).required());
    private static final ProviderInfo INFO = new ProviderInfo("hello", "Hello", List.of(new Kind("GREETER")), FORM);
    private final Map<NativeId, ObservedInstance> greeters = new ConcurrentHashMap<>();

    @Override
    public ProviderInfo info() {
        return INFO;
    }

    @Override
    public Backend open(BackendConfig config) {
        if (!config.values().text("town").orElseThrow().equals("Hamburg")) {
            throw new ProviderException(ErrorCode.UNAVAILABLE, "Nobody answers there; try Hamburg.");
        }
        return new Town();
    }

    private final class Town implements Backend, Provisioning, PowerControl {
        @Override
        public BackendInfo info() {
            return new BackendInfo("Hello 1.0", List.of(new Node("Hamburg", true, 1, 1 << 20)));
        }

        @Override
        public List<ObservedInstance> instances() {
            return List.copyOf(greeters.values());
        }

        @Override
        public NativeId create(InstanceSpec spec, OperationContext context) {
            if (!spec.template().equals("friendly")) {
                throw new ProviderException(ErrorCode.NOT_FOUND, "The only template is friendly.");
            }
            ObservedInstance greeter = ObservedInstance.created(new NativeId(spec.name()), spec);
            if (greeters.putIfAbsent(greeter.id(), greeter) != null) {
                throw new ProviderException(ErrorCode.CONFLICT, "There is a greeter of that name.");
            }
            return greeter.id();
        }

        @Override
        public void delete(NativeId id, OperationContext context) {
            greeters.remove(id);
        }

        @Override
        public void start(NativeId id, OperationContext context) {
            become(id, State.RUNNING);
            context.log("Hello, I am " + id);
        }

        @Override
        public void stop(NativeId id, Duration grace, OperationContext context) {
            become(id, State.STOPPED);
        }

        private void become(NativeId id, State state) {
            if (greeters.computeIfPresent(id, (same, greeter) -> greeter.in(state)) == null) {
                throw new ProviderException(ErrorCode.NOT_FOUND, "There is no such greeter.");
            }
        }

        @Override
        public void close() {}
    }
}
