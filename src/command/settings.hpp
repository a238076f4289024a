#pragma once
#include "core/result.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::command {

/// What an installation decides: read from a YAML file and the command line (which wins). Secrets never stand here,
/// only the names of files that hold them.
struct Settings {
    std::string data = "data";                      ///< folder of database, blobs, lock and checkpoints
    std::string database;                           ///< empty = sqlite in the data folder; or postgresql://...
    std::string listen = "127.0.0.1:8080";
    std::string status_listen = "127.0.0.1:0";      ///< /readyz and /metrics, loopback only; port 0 = none
    std::string public_url;                         ///< required unless listening on loopback
    std::vector<std::string> trusted_proxies;
    std::string anchors;                            ///< folder for signed checkpoints; empty = data/anchors
    std::string checkpoint_key_file;                ///< Ed25519 secret key; empty = data/checkpoint.key, made at first start
    std::string smtp_url;                           ///< "smtp://mail.kpu.go.id:587"; empty = no mail leaves the program
    std::string smtp_from;                          ///< "kpuhub@kpu.go.id"; required with smtp_url
    std::string smtp_user;
    std::string smtp_password_file;
    std::string push = "off";                       ///< on, off: messages to browsers (docs/operations.md); a demonstration sends to this machine only
    std::string push_key_file;                      ///< P-256 secret key; empty = data/push.key, made when push is switched on
    std::string log_level = "info";
    std::string sandbox;                            ///< required, try; empty = required, but try for --demo
    bool demo = false;
    std::string today;                              ///< demonstration only: ISO date that the clock starts at
    int readers = 8;

    /// Whether files are refused where the child that reads them cannot be shut in (Landlock, seccomp).
    [[nodiscard]] bool sandbox_required() const { return sandbox.empty() ? !demo : sandbox == "required"; }
    [[nodiscard]] std::string database_address() const;
    [[nodiscard]] std::string url() const;          ///< public_url, or the loopback address
};

/// Reads the YAML text. Errors: Invalid with the line that is wrong: an unknown name, a value of the wrong kind.
Result<Settings> read_settings(std::string_view yaml, Settings defaults = {});

/// Checks what must fit together. Errors: Invalid: demo beyond loopback, no public_url, --today without --demo.
Result<void> check_settings(Settings const&);

bool is_loopback(std::string_view listen);

}
