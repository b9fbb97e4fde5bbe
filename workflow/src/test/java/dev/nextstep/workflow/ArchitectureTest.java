package dev.nextstep.workflow;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the order of the packages: what is below knows nothing of what is above. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.nextstep.workflow");

    @Test
    void packagesKeepTheirOrder() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("command")
                .definedBy("dev.nextstep.workflow.command..")
                .layer("template")
                .definedBy("dev.nextstep.workflow.template..")
                .layer("batch")
                .definedBy("dev.nextstep.workflow.batch..")
                .layer("config")
                .definedBy("dev.nextstep.workflow.config..")
                .layer("preset")
                .definedBy("dev.nextstep.workflow.preset..")
                .layer("quality")
                .definedBy("dev.nextstep.workflow.quality..")
                .layer("page")
                .definedBy("dev.nextstep.workflow.page..")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("template")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("batch")
                .mayOnlyBeAccessedByLayers("command", "template")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("command", "template", "batch")
                .whereLayer("preset")
                .mayOnlyBeAccessedByLayers("command", "template", "batch", "config")
                .whereLayer("quality")
                .mayOnlyBeAccessedByLayers("command", "batch")
                .whereLayer("quality")
                .mayNotAccessAnyLayer()
                .whereLayer("page")
                .mayOnlyBeAccessedByLayers("template", "batch")
                .whereLayer("page")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.nextstep.workflow.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
