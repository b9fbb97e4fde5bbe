package dev.nextstep;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the order of the rooms: the way of the data, with nobody reaching up. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.nextstep");

    @Test
    void roomsKeepTheirOrder() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("api")
                .definedBy("dev.nextstep")
                .layer("engine")
                .definedBy("dev.nextstep.engine..")
                .layer("transformer")
                .definedBy("dev.nextstep.transformer..")
                .layer("flow")
                .definedBy("dev.nextstep.flow..")
                .layer("vae")
                .definedBy("dev.nextstep.vae..")
                .layer("prompt")
                .definedBy("dev.nextstep.prompt..")
                .layer("image")
                .definedBy("dev.nextstep.image..")
                .layer("hub")
                .definedBy("dev.nextstep.hub..")
                .layer("checkpoint")
                .definedBy("dev.nextstep.checkpoint..")
                .layer("kernel")
                .definedBy("dev.nextstep.kernel..")
                .layer("tensor")
                .definedBy("dev.nextstep.tensor..")
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("transformer")
                .mayOnlyBeAccessedByLayers("api", "engine")
                .whereLayer("flow")
                .mayOnlyBeAccessedByLayers("api", "engine")
                .whereLayer("vae")
                .mayOnlyBeAccessedByLayers("api", "engine")
                .whereLayer("prompt")
                .mayOnlyBeAccessedByLayers("api", "engine")
                .whereLayer("image")
                .mayOnlyBeAccessedByLayers("api", "engine")
                .whereLayer("hub")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("hub")
                .mayNotAccessAnyLayer()
                .whereLayer("checkpoint")
                .mayOnlyBeAccessedByLayers("api", "engine", "transformer", "flow", "vae")
                .whereLayer("kernel")
                .mayOnlyBeAccessedByLayers("engine", "transformer", "flow", "vae", "api")
                .check(CLASSES);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching("dev.nextstep.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
