#include "storage/manifest_text.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::storage {

using Json = nlohmann::ordered_json;

std::string manifest_text(Manifest const& manifest)
{
    Json parts = Json::array();
    for (auto const& part : manifest.parts)
        parts.push_back({ { "path", part.path }, { "bytes", part.bytes }, { "sha256", part.sha256 } });
    Json json {
        { "format", 1 },
        { "engine", manifest.engine == Engine::Sqlite ? "sqlite" : "postgresql" },
        { "program", manifest.program },
        { "schema", manifest.schema },
        { "last_event", manifest.last_event },
        { "made_at", manifest.made_at },
        { "database", manifest.database },
        { "parts", std::move(parts) },
    };
    return json.dump(1) + "\n";
}

static bool stays_inside(std::string const& path)
{
    return !path.empty() && path.front() != '/' && path.find("..") == std::string::npos
        && path.find('\0') == std::string::npos;
}

Result<Manifest> read_manifest_text(std::string_view text)
{
    auto wrong = invalid_because("storage.backup_broken", "manifest.json");
    try {
        auto json = Json::parse(text);
        if (json.at("format") != 1)
            return wrong;
        Manifest manifest;
        auto engine = json.at("engine").get<std::string>();
        if (engine != "sqlite" && engine != "postgresql")
            return wrong;
        manifest.engine = engine == "sqlite" ? Engine::Sqlite : Engine::Postgres;
        manifest.program = json.at("program");
        manifest.schema = json.at("schema");
        manifest.last_event = json.at("last_event");
        manifest.made_at = json.at("made_at");
        manifest.database = json.at("database");
        bool has_database = false;
        for (auto const& part : json.at("parts")) {
            manifest.parts.push_back({ part.at("path"), part.at("bytes"), part.at("sha256") });
            if (!stays_inside(manifest.parts.back().path))
                return wrong;
            has_database = has_database || manifest.parts.back().path == manifest.database;
        }
        if (!has_database)
            return wrong;
        return manifest;
    } catch (Json::exception const&) {
        return wrong;
    }
}

}
