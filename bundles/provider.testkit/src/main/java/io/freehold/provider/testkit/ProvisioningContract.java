package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.Demand;
import io.freehold.api.instance.State;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.Provisioning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How instances come and go. */
public interface ProvisioningContract extends Contract {

    @Test
    default void createdInstanceIsStoppedAndFoundByItsTokenAtOnce() {
        String token = lab().newToken();
        InstanceSpec spec = lab().subject().spec(ContractLab.nameFor(token), token);
        NativeId id = lab().capability(Provisioning.class).create(spec, new FakeContext());

        assertThat(lab().withToken(token)).singleElement().satisfies(instance -> {
            assertThat(instance.id()).isEqualTo(id);
            assertThat(instance.name()).isEqualTo(spec.name());
            assertThat(instance.state()).isEqualTo(State.STOPPED);
            assertThat(instance.kind()).isEqualTo(spec.kind());
            assertThat(instance.template()).isEqualTo(spec.template());
            assertThat(instance.resources()).isEqualTo(spec.resources());
            assertThat(instance.labels()).containsEntry("contract", "yes");
        });
    }

    @Test
    default void nameThatIsTakenIsAConflictAndHarmsNobody() {
        ObservedInstance first = lab().observed(lab().createRunning());
        String token = lab().newToken();
        Provisioning provisioning = lab().capability(Provisioning.class);

        ContractLab.assertRefused(
                () -> provisioning.create(lab().subject().spec(first.name(), token), new FakeContext()),
                ErrorCode.CONFLICT);
        assertThat(lab().observed(first.id())).isEqualTo(first);
        assertThat(lab().withToken(token)).isEmpty();
    }

    @Test
    default void unknownTemplateIsNotFoundAndLeavesNothingBehind() {
        String token = lab().newToken();
        InstanceSpec good = lab().subject().spec(ContractLab.nameFor(token), token);
        InstanceSpec bad = new InstanceSpec(
                token,
                good.name(),
                good.kind(),
                lab().subject().unknownTemplate(),
                good.resources(),
                good.ports(),
                good.environment(),
                good.labels(),
                good.config());
        Provisioning provisioning = lab().capability(Provisioning.class);

        ContractLab.assertRefused(() -> provisioning.create(bad, new FakeContext()), ErrorCode.NOT_FOUND);
        assertThat(lab().withToken(token)).isEmpty();
    }

    @Test
    default void cancelledCreationLeavesNothingBehind() {
        String token = lab().newToken();
        InstanceSpec spec = lab().subject().spec(ContractLab.nameFor(token), token);
        Provisioning provisioning = lab().capability(Provisioning.class);

        @Nullable Throwable thrown = catchThrowable(() -> provisioning.create(spec, new FakeContext().cancel()));
        if (thrown == null) {
            assertThat(lab().withToken(token)).hasSize(1);
        } else {
            assertThat(thrown).isInstanceOf(FreeholdException.class);
            assertThat(((FreeholdException) thrown).code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(lab().withToken(token)).isEmpty();
        }
    }

    @Test
    default void specificationRejectsFieldsItDoesNotKnow() {
        Provisioning provisioning = lab().capability(Provisioning.class);
        assertThatThrownBy(() -> provisioning.configuration().read(Map.of("noSuchField", "x")))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining("noSuchField");
    }

    @Test
    default void plainSpecificationIsAdmittedForEverybody() {
        String token = lab().newToken();
        Provisioning provisioning = lab().capability(Provisioning.class);
        assertThat(provisioning.demands(lab().subject().spec(ContractLab.nameFor(token), token)))
                .allMatch(AdmissionPolicy.DEFAULT::admits);
    }

    @Test
    default void specificationThatReachesTheHostSaysSoAndTheSameEachTime() {
        String token = lab().newToken();
        InstanceSpec plain = lab().subject().spec(ContractLab.nameFor(token), token);
        Map<String, Object> config = lab().subject().reachingHost();
        assumeTrue(!config.isEmpty(), "the provider says nothing of its host");
        Provisioning provisioning = lab().capability(Provisioning.class);
        InstanceSpec reaching = new InstanceSpec(
                token,
                plain.name(),
                plain.kind(),
                plain.template(),
                plain.resources(),
                plain.ports(),
                plain.environment(),
                plain.labels(),
                provisioning.configuration().read(config));
        List<Demand> before = provisioning.demands(reaching);

        assertThat(before).anyMatch(demand -> !AdmissionPolicy.DEFAULT.admits(demand));
        assertThat(before).allSatisfy(demand -> assertThat(demand.words()).isNotBlank());
        NativeId id = provisioning.create(reaching, new FakeContext());
        assertThat(provisioning.demands(reaching)).containsExactlyInAnyOrderElementsOf(before);
        provisioning.delete(id, new FakeContext());
    }

    @Test
    default void runningInstanceCanBeDeletedAndDeletedAgain() {
        NativeId id = lab().createRunning();
        Provisioning provisioning = lab().capability(Provisioning.class);

        provisioning.delete(id, new FakeContext());
        assertThat(lab().backend().instance(id)).isEmpty();
        assertThat(lab().backend().instances()).extracting(ObservedInstance::id).doesNotContain(id);
        provisioning.delete(id, new FakeContext());
    }

    @Test
    default void nameIsFreeAgainAfterDeletion() {
        String token = lab().newToken();
        InstanceSpec spec = lab().subject().spec(ContractLab.nameFor(token), token);
        Provisioning provisioning = lab().capability(Provisioning.class);
        ObservedInstance first = lab().observed(provisioning.create(spec, new FakeContext()));
        provisioning.delete(first.id(), new FakeContext());

        ObservedInstance second = lab().observed(provisioning.create(spec, new FakeContext()));
        assertThat(second.name()).isEqualTo(first.name());
        assertThat(second.id().equals(first.id()) && second.incarnation().equals(first.incarnation()))
                .as("the same identity again")
                .isFalse();
    }
}
