package io.freehold.rest.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.security.Principal;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Principal ADA = new Principal(Principal.Type.USER, "ada");
    private static final Principal GRACE = new Principal(Principal.Type.USER, "grace");

    @Test
    void cve_2025_69199_eachPrincipalHasSoManyConsolesAndNoMore() {
        Allowance allowance = new Allowance("consoles", 2);
        Subscription first = allowance.enter(ADA);
        Subscription second = allowance.enter(ADA);
        assertThatThrownBy(() -> allowance.enter(ADA))
                .isInstanceOfSatisfying(FreeholdException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(ErrorCode.RATE_LIMITED));
        Subscription other = allowance.enter(GRACE);
        first.close();
        Subscription third = allowance.enter(ADA);
        assertThat(allowance.principals()).isEqualTo(2);
        second.close();
        third.close();
        other.close();
        assertThat(allowance.principals()).isZero();
    }
}
