#include "command/upkeep.hpp"
#include "command/secret_file.hpp"
#include "journal/journal.hpp"
#include <algorithm>
#include <filesystem>
#include <sodium.h>
#include <spdlog/spdlog.h>

namespace kpuhub::command {

std::string anchors_folder(Settings const& settings) { return settings.anchors.empty() ? settings.data + "/anchors" : settings.anchors; }

static std::string key_file(Settings const& settings)
{
    return settings.checkpoint_key_file.empty() ? settings.data + "/checkpoint.key" : settings.checkpoint_key_file;
}

std::string public_key_file(Settings const& settings) { return key_file(settings) + ".pub"; }

static Result<std::string> make_key(std::string const& path)
{
    std::string open(crypto_sign_PUBLICKEYBYTES, '\0');
    std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(open.data()), reinterpret_cast<unsigned char*>(secret.data()));
    std::string hex(open.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<unsigned char const*>(open.data()), open.size());
    hex.back() = '\n';
    TRY_VOID(write_whole(path + ".pub", hex));
    return secret;
}

Result<Upkeep> Upkeep::create(Settings const& settings, storage::Database& database, time::Clock const& clock)
{
    auto const path = key_file(settings);
    auto const secret = TRY(secret_of_file(path, "command.checkpoint_key", [&] { return make_key(path); }));
    if (secret.size() != crypto_sign_SECRETKEYBYTES)
        return invalid_because("command.checkpoint_key", path);
    std::error_code failed;
    std::filesystem::create_directories(anchors_folder(settings), failed);
    return Upkeep { database, clock, anchors_folder(settings), secret };
}

Result<void> Upkeep::write_checkpoint()
{
    auto const head = TRY(m_database->read([](storage::Reader& reader) -> Result<journal::Head> { return journal::head(reader); }));
    if (head.total == 0 || head.head == m_last_head)
        return {};
    auto name = m_clock->now().iso().substr(0, 19);
    std::erase(name, ':');
    TRY_VOID(write_whole(m_anchors + "/" + name + ".checkpoint", TRY(journal::checkpoint(head, m_secret_key))));
    m_last_head = head.head;
    return {};
}

void Upkeep::round()
{
    if (auto written = write_checkpoint(); !written)
        spdlog::warn(R"({{"event":"checkpoint","fault":"{}"}})", written.error().message_key);
}

}
