#pragma once
#include "command/settings.hpp"
#include "outbox/push_address.hpp"

namespace kpuhub::command {

/// The key by which push services know this installation: 32 raw bytes in a file of its owner, made when push is switched on first. Browsers
/// bind their consent to it: with another key they have to be asked again.
/// Errors: Invalid "command.push_key", or "command.secret_readable", with the file's name.
Result<outbox::P256Key> push_key(Settings const&);

/// The hosts of definitions/push_services.yaml; with `loopback` none but this machine.
outbox::PushPlaces push_places(bool loopback);

/// Whom a push service may write to about what we send: the address of the mails, or that of the program.
std::string push_subject(Settings const&);

}
