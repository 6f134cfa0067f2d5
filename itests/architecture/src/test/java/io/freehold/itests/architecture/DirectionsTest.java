package io.freehold.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The directions of the architecture: everything leans on the API, the API on the JDK, OSGi and JSpecify alone. */
@AnalyzeClasses(packages = "io.freehold", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionsTest {
    @ArchTest
    static final ArchRule theApiLeansOnTheJdkOsgiAndJspecifyAlone = classes()
            .that()
            .resideInAPackage("io.freehold.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.freehold.api..", "java..", "javax..", "org.osgi..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule bundlesNeverLeanOnEachOther =
            slices().assignedFrom(new Bundles()).should().notDependOnEachOther();

    /** One slice per bundle; the API and libraries belong to none, so that everything may use them. */
    private static final class Bundles implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String[] name = type.getPackageName().split("\\.", -1);
            if (!type.getPackageName().startsWith("io.freehold.") || "api".equals(name[2])) {
                return SliceIdentifier.ignore();
            }
            return "provider".equals(name[2]) && name.length > 3
                    ? SliceIdentifier.of("provider", name[3])
                    : SliceIdentifier.of(name[2]);
        }

        @Override
        public String getDescription() {
            return "bundles";
        }
    }
}
