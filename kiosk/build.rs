//! Compiles `ui/app.slint` into Rust, with the fonts and the translations.

use std::{collections::HashMap, path::PathBuf};

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let libraries = HashMap::from([("suite".to_owned(), root.join("../assets/ui"))]);
    let config = slint_build::CompilerConfiguration::new()
        .with_style("fluent-light".into())
        .embed_resources(slint_build::EmbedResourcesKind::EmbedFiles)
        .with_library_paths(libraries)
        .with_bundled_translations("lang")
        // The map of the screen (`--layout-file`) names elements.
        .with_debug_info(true);
    slint_build::compile_with_config("ui/app.slint", config).expect("ui/app.slint compiles");
    println!("cargo:rerun-if-changed=lang");
}
