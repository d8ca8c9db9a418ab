//! Compiles `ui/app.slint` into Rust, with the fonts and the translations.

use std::collections::HashMap;
use std::path::PathBuf;

use slint_build::{CompilerConfiguration, DefaultTranslationContext, EmbedResourcesKind};

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let libraries = HashMap::from([("suite".to_owned(), root.join("../assets/ui"))]);
    let release = std::env::var("PROFILE").as_deref() == Ok("release");
    let config = CompilerConfiguration::new()
        .with_style("fluent-light".into())
        .embed_resources(EmbedResourcesKind::EmbedFiles)
        .with_library_paths(libraries)
        .with_bundled_translations("lang")
        .with_default_translation_context(DefaultTranslationContext::None)
        .with_debug_info(!release);
    slint_build::compile_with_config("ui/app.slint", config).expect("ui/app.slint compiles");
    println!("cargo:rerun-if-changed=lang");
}
