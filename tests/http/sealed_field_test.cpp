#include "support/registers.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sodium.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr std::string_view tip_register = R"(
id: tip
version: 1
valid_from: 2026-01-01
source: "Uji"
class: internal
purpose: {id: Menguji, en: Testing}
legal_basis: "Uji"
retention: {years: 1, after: created}
systems: ["8.20"]
title: {id: Petunjuk, en: Tip}
lead: {id: Untuk pengujian., en: For tests.}
fields:
  subject: {kind: text, required: true, label: {id: Perihal, en: Subject}}
  told: {kind: sealed, key: "KEY", label: {id: Isi, en: Content}}
access: {read: [staff, supervisor], create: [staff]}
flow:
  start: open
  states:
    open: {label: {id: Terbuka, en: Open}, edit_by: [creator]}
    closed: {label: {id: Selesai, en: Closed}, closed: true}
  steps:
    close: {label: {id: Selesaikan, en: Close}, from: open, to: closed, by: [staff]}
list: {columns: [subject]}
phrases: ["petunjuk uji"]
)";

/// A register with one sealed field, and the key that opens it.
class SealedField : public ::testing::Test {
protected:
    Hub hub { storage::Engine::Sqlite, false };
    std::string const tips = "/units/1571/registers/tip";
    unsigned char open_key[crypto_box_PUBLICKEYBYTES], secret_key[crypto_box_SECRETKEYBYTES];

    void SetUp() override
    {
        crypto_box_keypair(open_key, secret_key);
        std::string text { tip_register }, hex;
        for (auto byte : open_key)
            hex += fmt::format("{:02x}", byte);
        publish_registers(*hub.database, { { "tip.yaml", text.replace(text.find("KEY"), 3, hex) } });
        switch_on(*hub.database, "tip", hub.office.kota_jambi);
    }

    std::string stored()
    {
        return hub.database->read([](storage::Reader& reader) -> Result<std::string> {
            return reader.first(storage::Query { "test.stored", "SELECT f_told FROM r_tip" })->text(0);
        }).value();
    }

    std::string opened(std::string const& base64) const
    {
        std::string closed(base64.size(), '\0');
        std::size_t length = 0;
        if (sodium_base642bin(reinterpret_cast<unsigned char*>(closed.data()), closed.size(), base64.data(), base64.size(), nullptr, &length, nullptr,
                sodium_base64_VARIANT_ORIGINAL) != 0 || length < crypto_box_SEALBYTES)
            return "not base64";
        std::string text(length - crypto_box_SEALBYTES, '\0');
        auto const* bytes = reinterpret_cast<unsigned char const*>(closed.data());
        return crypto_box_seal_open(reinterpret_cast<unsigned char*>(text.data()), bytes, length, open_key, secret_key) == 0 ? text : "closed";
    }

    std::int64_t rows_with(std::string const& words)
    {
        return hub.count("SELECT (SELECT count(*) FROM r_tip WHERE f_told LIKE '%" + words + "%' OR search LIKE '%" + words + "%')"
                         " + (SELECT count(*) FROM event WHERE payload LIKE '%" + words + "%') + (SELECT count(*) FROM event_value WHERE value LIKE '%" + words + "%')");
    }
};

TEST_F(SealedField, only_ciphertext_is_kept_and_only_the_key_opens_it)
{
    auto const place = record_of(post(hub, hub.siti, tips + "/records", { { "form", "1" }, { "f.subject", "Perihal" }, { "f.told", "dana dipotong" } }));
    EXPECT_EQ(opened(stored()), "dana dipotong");
    EXPECT_EQ(rows_with("dipotong"), 0);
    auto const page = get(hub, hub.siti, place).body;
    EXPECT_THAT(page, Not(HasSubstr("dipotong")));
    EXPECT_THAT(page, HasSubstr("Perihal"));
    auto const first = stored();
    EXPECT_EQ(post(hub, hub.siti, place, { { "form", "1" }, { "version", "1" }, { "f.subject", "Perihal" }, { "f.told", "dana kembali" } }).status, 303);
    EXPECT_NE(stored(), first);
    EXPECT_EQ(opened(stored()), "dana kembali");
    EXPECT_EQ(rows_with("kembali"), 0);
}

TEST_F(SealedField, a_form_that_comes_back_shows_the_text_and_keeps_nothing)
{
    auto const back = post(hub, hub.siti, tips + "/records", { { "form", "1" }, { "f.subject", "" }, { "f.told", "dana dipotong" } });
    EXPECT_EQ(back.status, 422);
    EXPECT_THAT(back.body, HasSubstr("dana dipotong")) << "what was typed is not lost";
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_tip"), 0);
}

}
