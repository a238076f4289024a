#pragma once
#include "record/listener.hpp"
#include "text/messages.hpp"

namespace kpuhub::record {

/// Tells who holds the tracking code of a record, by the e-mail address that it gives, that it arrived or came into another state. The mail holds the
/// number and the state and nothing of what was asked or answered: that stands behind the tracking code.
class SenderMail final : public RecordListener {
public:
    SenderMail(text::Messages const& messages, std::string public_url) : m_messages(messages), m_public_url(std::move(public_url)) {}
    Result<void> changed(storage::Transaction&, journal::Act const&, RecordChange const&) override;

private:
    text::Messages const& m_messages;
    std::string m_public_url;
};

}
