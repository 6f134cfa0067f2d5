package io.freehold.itests.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.freehold.api.Secret;

/** A secret masks itself wherever it is shown, so that its text gets into a log by {@code reveal()} alone. */
@AnalyzeClasses(packages = "io.freehold", importOptions = ImportOption.DoNotIncludeTests.class)
class SecretsTest {
    @ArchTest
    static final ArchRule whoSeesTheTextOfASecretHasNoLog = classes()
            .that(reveal())
            .should(not(dependOnClassesThat(HasName.Predicates.nameStartingWith("org.slf4j."))))
            .because("what has a log and a secret's text sooner or later has the text in the log");

    private static DescribedPredicate<JavaClass> reveal() {
        return DescribedPredicate.describe("reveal secrets", type -> type.getAccessesFromSelf().stream()
                .map(JavaAccess::getTarget)
                .anyMatch(target -> target.getOwner().isEquivalentTo(Secret.class)
                        && target.getName().equals("reveal")));
    }
}
