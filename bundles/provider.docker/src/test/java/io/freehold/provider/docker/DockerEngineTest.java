package io.freehold.provider.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.admission.Demand;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.LogAccess;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.provider.Watch;
import io.freehold.provider.testkit.FakeContext;
import io.freehold.provider.testkit.RecordedConsole;
import io.freehold.provider.testkit.RecordedWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is Docker's own, on the real engine, seen through a proxy that counts and can be cut. */
class DockerEngineTest {
    private static final long CHOWN = 1;
    private static final long NET_RAW = 1 << 13;
    private static final long MKNOD = 1 << 27;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RealEngine engine;

    @TempDir
    Path folder;

    private final List<NativeId> created = new ArrayList<>();
    private EngineProxy proxy;
    private Backend backend;

    @BeforeAll
    static void findEngine(@TempDir Path folder) throws Exception {
        engine = RealEngine.find(folder);
    }

    @AfterAll
    static void leaveEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        proxy = EngineProxy.unix(engine.url(), socket());
        backend = engine.open(Map.of("url", "unix://" + socket()));
    }

    @AfterEach
    void clean() throws Exception {
        created.forEach(id ->
                engine.outside().call("DELETE", Containers.path(id) + "?force=1&v=1", null, Duration.ofSeconds(30)));
        backend.close();
        proxy.close();
    }

    @Test
    void reconcilingAsksForEachContainerOnce() {
        NativeId id = create(Map.of("command", List.of("/bin/cat")));
        backend.instances();
        long before = inspections(id);
        assertThat(before).isPositive();
        for (int i = 0; i < 3; i++) {
            assertThat(backend.instances()).extracting(ObservedInstance::id).contains(id);
        }
        assertThat(inspections(id)).isEqualTo(before);
        start(id);
        assertThat(find(id).state()).isEqualTo(State.RUNNING);
        assertThat(inspections(id)).isEqualTo(before + 1);
    }

    @Test
    void lifeOfAContainerIsFourRequests() {
        int before = proxy.requests().size();
        NativeId id = create(Map.of("command", List.of("/bin/cat")));
        start(id);
        backend.capability(PowerControl.class).orElseThrow().stop(id, Duration.ZERO, new FakeContext());
        backend.capability(Provisioning.class).orElseThrow().delete(id, new FakeContext());
        created.clear();
        assertThat(proxy.requests().subList(before, proxy.requests().size())).hasSize(4);
    }

    @Test
    void programThatFailsIsFailedAndSaysSoInTheListToo() {
        NativeId id = create(Map.of("command", List.of("/bin/sh", "-c", "exit 3")));
        start(id);
        await().atMost(PATIENCE).until(() -> find(id).state() == State.FAILED);
        assertThat(backend.instance(id)).contains(find(id));
    }

    @Test
    void programKilledForItsMemoryIsFailedAndReportedSo() throws Exception {
        RecordedWatch seen = new RecordedWatch();
        try (Subscription watching =
                backend.capability(Watch.class).orElseThrow().watch(seen)) {
            assertThat(seen.sawRestored(PATIENCE)).isTrue();
            NativeId id = create(
                    new Resources(null, 8L << 20, null),
                    List.of(),
                    Map.of("command", List.of("/bin/tail", "/dev/zero")));
            start(id);
            assertThat(seen.saw(id, State.FAILED, PATIENCE)).isTrue();
            assertThat(find(id).state()).isEqualTo(State.FAILED);
        }
    }

    @Test
    void portsArePublishedOnWhatTheEnginePicks() {
        NativeId id = create(
                Resources.UNLIMITED,
                List.of(new Port(53, null, "udp", null), new Port(80, null, "tcp", "127.0.0.1")),
                Map.of("command", List.of("/bin/cat")));
        start(id);
        List<Port> ports = find(id).network().ports();
        assertThat(ports).extracting(Port::port).containsExactly(53, 80);
        assertThat(ports).extracting(Port::protocol).containsExactly("udp", "tcp");
        assertThat(ports).extracting(Port::address).containsExactly(null, "127.0.0.1");
        assertThat(ports).allSatisfy(port -> assertThat(port.hostPort()).isPositive());
        assertThat(backend.instance(id)).contains(find(id));
        assertThat(find(id).network().addresses()).isNotEmpty();
    }

    @Test
    void hostPortThatIsTakenIsAConflict() {
        NativeId first =
                create(Resources.UNLIMITED, List.of(new Port(80, null, "tcp", "127.0.0.1")), Map.of("command", cat()));
        start(first);
        int taken = find(first).network().ports().get(0).hostPort();
        NativeId second =
                create(Resources.UNLIMITED, List.of(new Port(80, taken, "tcp", "127.0.0.1")), Map.of("command", cat()));
        ProviderException e = catchThrowableOfType(ProviderException.class, () -> start(second));
        assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(e).hasMessageContaining("port");
    }

    @Test
    void commandThatIsNotInTheImageIsInvalid() {
        NativeId id = create(Map.of("command", List.of("/no/such/program")));
        ProviderException e = catchThrowableOfType(ProviderException.class, () -> start(id));
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(e).hasMessageContaining("command");
    }

    @Test
    void bindMountNeedsHostAccessAndWorks() {
        Map<String, Object> config = Map.of(
                "command", List.of("/bin/cat", "/mnt/hosts"),
                "mounts", List.of(Map.of("type", "bind", "source", "/etc", "target", "/mnt", "readOnly", true)));
        Provisioning provisioning = backend.capability(Provisioning.class).orElseThrow();
        assertThat(provisioning.demands(engine.spec(name(), engine.image(), Resources.UNLIMITED, List.of(), config)))
                .contains(Demand.HostFolder.of("/etc", true));
        NativeId id = create(config);
        start(id);
        await().atMost(PATIENCE).until(() -> find(id).state() == State.STOPPED);
        assertThat(logs(id)).anyMatch(line -> line.contains("localhost"));
    }

    @Test
    void processesHaveFewerCapabilitiesThanDockerGivesAndGainNone() {
        long ordinary = effectiveCapabilities(Map.of());
        assertThat(ordinary & (NET_RAW | MKNOD)).isZero();
        assertThat(ordinary & CHOWN).isNotZero();
        assertThat(effectiveCapabilities(Map.of("capabilities", List.of("cap_net_raw"))) & (NET_RAW | MKNOD))
                .isEqualTo(NET_RAW);
        assertThat(effectiveCapabilities(Map.of("dropCapabilities", List.of("ALL"))))
                .isZero();
    }

    private long effectiveCapabilities(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("command", List.of("/bin/grep", "-E", "CapEff|NoNewPrivs", "/proc/self/status"));
        NativeId id = create(config);
        start(id);
        await().atMost(PATIENCE).until(() -> logs(id).size() == 2);
        assertThat(logs(id)).anyMatch(line -> line.matches("NoNewPrivs:\\s+1"));
        String effective = logs(id).stream()
                .filter(line -> line.startsWith("CapEff:"))
                .findFirst()
                .orElseThrow();
        return Long.parseUnsignedLong(effective.substring("CapEff:".length()).strip(), 16);
    }

    @Test
    void cve2021x32699AForkBombIsStopped() {
        NativeId id = create(Map.of(
                "pidsLimit", 20, "command", List.of("/bin/sh", "-c", "while true; do sleep 100 & done; echo never")));
        start(id);
        await().atMost(PATIENCE).until(() -> logs(id).stream().anyMatch(line -> line.contains("fork")));
        JsonNode made = engine.outside().get(Containers.path(create(Map.of("command", cat()))) + "/json");
        assertThat(made.at("/HostConfig/PidsLimit").asLong()).isEqualTo(4096);
    }

    @Test
    void whatIsAskedOfTheHostIsWhatTheEngineMakes() {
        Map<String, Object> config = Map.of(
                "command", cat(),
                "privileged", true,
                "network", "host",
                "hostNamespaces", List.of("pid", "ipc"),
                "securityOptions", List.of("seccomp=unconfined"),
                "devices", List.of("/dev/../dev/null:/dev/nothing:r"),
                "mounts",
                        List.of(
                                Map.of("type", "bind", "source", "/tmp/../etc//", "target", "/a", "readOnly", true),
                                Map.of(
                                        "target",
                                        "/b",
                                        "driverOptions",
                                        Map.of("type", "none", "o", "bind", "device", "/etc"))));
        JsonNode host =
                engine.outside().get(Containers.path(create(config)) + "/json").path("HostConfig");
        assertThat(host.path("Privileged").asBoolean()).isTrue();
        assertThat(host.path("NetworkMode").asText()).isEqualTo("host");
        assertThat(host.path("PidMode").asText()).isEqualTo("host");
        assertThat(host.path("IpcMode").asText()).isEqualTo("host");
        assertThat(host.path("SecurityOpt").toString()).contains("seccomp=unconfined", "no-new-privileges");
        assertThat(host.at("/Devices/0/PathOnHost").asText()).isEqualTo("/dev/null");
        assertThat(host.at("/Mounts/0/Source").asText()).isEqualTo("/etc");
        assertThat(HostDemands.of(ContainerRequest.of(
                        engine.spec(name(), engine.image(), Resources.UNLIMITED, List.of(), config))))
                .contains(
                        new Demand.Privileged(),
                        new Demand.HostNamespace(Demand.Namespace.NETWORK),
                        new Demand.HostNamespace(Demand.Namespace.PID),
                        new Demand.HostNamespace(Demand.Namespace.IPC),
                        new Demand.SecurityOption("seccomp=unconfined"),
                        Demand.Device.of("/dev/null"),
                        Demand.HostFolder.of("/etc", true),
                        Demand.HostFolder.of("/etc", false));
    }

    @Test
    void environmentAndBothOutputsAreThere() {
        NativeId id = create(Map.of("command", List.of("/bin/sh", "-c", "echo $GREETING; echo oh >&2")));
        start(id);
        await().atMost(PATIENCE).until(() -> logs(id).size() == 2);
        assertThat(logs(id)).containsExactlyInAnyOrder("hello", "oh");
    }

    @Test
    void veryLongLineIsCutOff() {
        NativeId id = create(
                Map.of("command", List.of("/bin/sh", "-c", "head -c 100000 /dev/zero | tr '\\0' x; echo; echo end")));
        start(id);
        await().atMost(PATIENCE).until(() -> logs(id).contains("end"));
        assertThat(logs(id)).containsExactly("x".repeat(LogLines.MAX_LINE), "end");
    }

    @Test
    void terminalIsResizedAndEchoes() throws Exception {
        NativeId id = create(Map.of("command", List.of("/bin/sh"), "tty", true));
        start(id);
        RecordedConsole output = new RecordedConsole();
        try (Console console = console(id, output)) {
            console.resize(101, 33);
            console.input("stty size; echo $((40+2))\n".getBytes(UTF_8));
            assertThat(output.saw("33 101", PATIENCE)).as(output.text()).isTrue();
            assertThat(output.saw("42", PATIENCE)).isTrue();
        }
        await().atMost(PATIENCE).until(() -> logs(id).stream().anyMatch(line -> line.contains("33 101")));
    }

    @Test
    void containerWithoutInputTakesNone() {
        NativeId id = create(Map.of("command", List.of("/bin/sleep", "100"), "stdin", false));
        start(id);
        try (Console console = console(id, new RecordedConsole())) {
            ProviderException e =
                    catchThrowableOfType(ProviderException.class, () -> console.input("x".getBytes(UTF_8)));
            assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
        }
    }

    @Test
    void namesAndBeginningsOfIdsAreNoIds() {
        NativeId id = create(Map.of("command", cat()));
        assertThat(backend.instance(new NativeId(find(id).name()))).isEmpty();
        assertThat(backend.instance(new NativeId(id.value().substring(0, 12)))).isEmpty();
        assertThat(backend.instance(new NativeId("../info"))).isEmpty();
    }

    @Test
    void missingImageIsPulledWithProgress() {
        String image = engine.registry().image("tiny:1");
        FakeContext context = new FakeContext();
        try {
            created.add(backend.capability(Provisioning.class)
                    .orElseThrow()
                    .create(engine.spec(name(), image, Resources.UNLIMITED, List.of(), Map.of()), context));
            assertThat(context.messages().all()).anyMatch(message -> message.equals("Pulling " + image));
            assertThat(context.lines().all()).anyMatch(line -> line.contains("Pull complete"));
            assertThat(find(created.get(0)).template()).isEqualTo(image);
        } finally {
            created.forEach(id -> engine.outside()
                    .call("DELETE", Containers.path(id) + "?force=1&v=1", null, Duration.ofSeconds(30)));
            created.clear();
            engine.outside().call("DELETE", "/images/" + image, null, Duration.ofSeconds(30));
        }
    }

    @Test
    void pullThatIsStuckCanBeCancelled() {
        FakeContext context = new FakeContext();
        String image = engine.registry().image("stuck:1");
        CompletableFuture<NativeId> creation =
                CompletableFuture.supplyAsync(() -> backend.capability(Provisioning.class)
                        .orElseThrow()
                        .create(engine.spec(name(), image, Resources.UNLIMITED, List.of(), Map.of()), context));
        await().atMost(PATIENCE).until(() -> !context.messages().all().isEmpty());
        context.cancel();
        assertThat(creation)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        FreeholdException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void brokenEventsAreReportedAndReadAgain() throws Exception {
        RecordedWatch seen = new RecordedWatch();
        try (Subscription watching =
                backend.capability(Watch.class).orElseThrow().watch(seen)) {
            assertThat(seen.sawRestored(PATIENCE)).isTrue();
            proxy.cut();
            assertThat(seen.events().await(ProviderException.class::isInstance, PATIENCE))
                    .isPresent();
            ProviderException down = catchThrowableOfType(ProviderException.class, () -> backend.instances());
            assertThat(down.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            proxy.listen(socket());
            await().atMost(PATIENCE)
                    .until(() -> seen.events().all().stream()
                                    .filter("restored"::equals)
                                    .count()
                            == 2);
            NativeId id = create(Map.of("command", cat()));
            assertThat(seen.saw(id, State.STOPPED, PATIENCE)).isTrue();
        }
    }

    @Test
    void eventsReachTheObserverQuickly() throws Exception {
        RecordedWatch seen = new RecordedWatch();
        NativeId id = create(Map.of("command", cat()));
        start(id);
        try (Subscription watching =
                backend.capability(Watch.class).orElseThrow().watch(seen)) {
            assertThat(seen.sawRestored(PATIENCE)).isTrue();
            for (int i = 1; i <= 3; i++) {
                int expected = i;
                engine.outside().call("POST", Containers.path(id) + "/pause", null, PATIENCE);
                await().atMost(PATIENCE).until(() -> count(seen, State.PAUSED) >= expected);
                engine.outside().call("POST", Containers.path(id) + "/unpause", null, PATIENCE);
                await().atMost(PATIENCE).until(() -> count(seen, State.RUNNING) >= expected);
            }
        }
        assertThat(count(seen, State.PAUSED)).isEqualTo(3);
    }

    private static long count(RecordedWatch seen, State state) {
        return seen.events().all().stream()
                .filter(event -> event instanceof ObservedInstance instance && instance.state() == state)
                .count();
    }

    private long inspections(NativeId id) {
        return proxy.requests().stream()
                .filter(request -> request.equals("GET /containers/" + id + "/json"))
                .count();
    }

    private ObservedInstance find(NativeId id) {
        return backend.instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> logs(NativeId id) {
        return backend.capability(LogAccess.class).orElseThrow().logs(id, 100).stream()
                .map(LogLine::text)
                .toList();
    }

    private Console console(NativeId id, RecordedConsole output) {
        return backend.capability(ConsoleAccess.class).orElseThrow().attach(id, output);
    }

    private void start(NativeId id) {
        backend.capability(PowerControl.class).orElseThrow().start(id, new FakeContext());
    }

    private NativeId create(Map<String, Object> config) {
        return create(Resources.UNLIMITED, List.of(), config);
    }

    private NativeId create(Resources resources, List<Port> ports, Map<String, Object> config) {
        NativeId id = backend.capability(Provisioning.class)
                .orElseThrow()
                .create(engine.spec(name(), engine.image(), resources, ports, config), new FakeContext());
        created.add(id);
        return id;
    }

    private static List<String> cat() {
        return List.of("/bin/cat");
    }

    private static String name() {
        return "docker-test-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private Path socket() {
        return folder.resolve("engine.sock");
    }
}
