#pragma once
#include "storage/backup.hpp"

namespace kpuhub::storage {

/// manifest.json. Reading gives Invalid "storage.backup_broken" for anything else than what writing makes; paths
/// that leave the folder are refused.
std::string manifest_text(Manifest const&);
Result<Manifest> read_manifest_text(std::string_view);

}
