#pragma once
#include "http/router.hpp"

namespace kpuhub::http {

/// Serves the bundled files at the addresses of view::asset_link ("/assets/app.3f9a0c12b7d4.css": immutable, kept by
/// browsers for a year), and those of web/public at the root too ("/robots.txt": kept for a day). Packed once, at start.
void add_assets(Router&);

}
