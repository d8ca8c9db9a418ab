//! Compiles `ui/app.slint` into Rust, with the fonts and the translations.

use std::{collections::HashMap, path::PathBuf};

use slint_build::{CompilerConfiguration, DefaultTranslationContext, EmbedResourcesKind};

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let libraries = HashMap::from([("suite".to_owned(), root.join("../assets/ui"))]);
    let config = CompilerConfiguration::new()
        .with_style("fluent-light".into())
        .embed_resources(EmbedResourcesKind::EmbedFiles)
        .with_library_paths(libraries)
        .with_bundled_translations("lang")
        .with_default_translation_context(DefaultTranslationContext::None)
        // The map of the screen (`--layout-file`) names elements.
        .with_debug_info(true);
    slint_build::compile_with_config("ui/app.slint", config).expect("ui/app.slint compiles");
    println!("cargo:rerun-if-changed=lang");
}
