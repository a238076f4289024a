#include "account/rate.hpp"
#include "core/limit_table.hpp"
#include "paper/paper_pages.hpp"
#include "view/parts.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <sodium.h>
#include <stdexcept>

namespace kpuhub::paper {

namespace {

struct HashLine {
    view::Choice edition;
    std::string media;
    std::string hash;
    bool same = false;                  ///< the file that was compared
    void describe(view::Visitor& v) const
    {
        v.field("edition", edition);
        v.field("media", media);
        v.field("hash", hash);
        v.field("same", same);
    }
};

/// What anybody may know of an issued paper: no text of it and no file.
struct VerifyPage {
    view::Choice kind, state;
    bool in_force = false, revoked = false, cancelled = false, unsigned_yet = false;
    std::string unit_name, number, title, place, reason, code;
    std::optional<time::Date> dated_on, revoked_on;
    std::vector<HashLine> files {};
    std::string compared {};            ///< hash of the file that was compared; empty = none
    bool matches = false;
    std::optional<view::Choice> matched {};
    view::Link compare {};
    void describe(view::Visitor& v) const
    {
        v.field("kind", kind);
        v.field("state", state);
        v.field("in_force", in_force);
        v.field("revoked", revoked);
        v.field("cancelled", cancelled);
        v.field("unsigned_yet", unsigned_yet);
        v.field("unit_name", unit_name);
        v.field("number", number);
        v.field("title", title);
        v.field("place", place);
        v.field("reason", reason);
        v.field("code", code);
        v.field("dated_on", dated_on);
        v.field("revoked_on", revoked_on);
        v.list("files", files);
        v.field("compared", compared);
        v.field("matches", matches);
        v.field("matched", matched);
        v.field("compare", compare);
    }
};

struct ComparePage {
    view::Choice kind;
    std::string unit_name, number;
    view::Link action, back;
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor& v) const
    {
        v.field("kind", kind);
        v.field("unit_name", unit_name);
        v.field("number", number);
        v.field("action", action);
        v.field("back", back);
        v.field("errors", errors);
    }
};

struct AskPage {
    view::Link action;
    std::string code;
    bool unknown = false;
    void describe(view::Visitor& v) const
    {
        v.field("action", action);
        v.field("code", code);
        v.field("unknown", unknown);
    }
};

bool is_hash(std::string_view text)
{
    return text.size() == 64 && std::ranges::all_of(text, [](char sign) { return (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'f'); });
}

VerifyPage verify_page(OfficialPaper const& paper, std::vector<StoredFile> const& files, std::string const& compared)
{
    VerifyPage page { { paper.kind, "paper.kind." + paper.kind }, { std::string { to_text(paper.state) }, "paper.public." + std::string { to_text(paper.state) } }, paper.state == State::Signed,
        paper.state == State::Revoked, paper.state == State::Cancelled, paper.state == State::Numbered, paper.unit_name, paper.number, paper.title, paper.place, paper.reason, paper.code,
        paper.dated_on, paper.revoked_on };
    for (auto const& file : files) {
        if (file.edition == "preview")
            continue;
        bool const same = file.hash == compared;
        page.files.push_back({ { file.edition, "paper.edition." + file.edition }, file.media, file.hash, same });
        if (same)
            page.matched = page.files.back().edition;
    }
    page.compared = compared;
    page.matches = page.matched.has_value();
    page.compare = { "/verify/" + paper.code + "/file" };
    return page;
}

Result<http::Response> show_verify(account::Visit& visit)
{
    auto const compared = visit.request.query.text("sha256");
    auto const page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<VerifyPage> {
        auto const paper = TRY(paper_by_code(reader, tidy_code(visit.request.parameter("code"))));
        return verify_page(paper, files_of(reader, paper.id), is_hash(compared) ? compared : std::string {});
    }));
    return visit.public_page("paper/verify", page, visit.public_frame({ "paper.verify.title" }));
}

Result<ComparePage> compare_page(account::Visit& visit)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<ComparePage> {
        auto const paper = TRY(paper_by_code(reader, tidy_code(visit.request.parameter("code"))));
        auto const here = "/verify/" + paper.code;
        return ComparePage { { paper.kind, "paper.kind." + paper.kind }, paper.unit_name, paper.number, { here + "/file" }, { here } };
    });
}

Result<http::Response> show_compare(account::Visit& visit)
{
    return visit.page("paper/compare", TRY(compare_page(visit)), visit.public_frame({ "paper.verify.compare" }));
}

/// SHA-256 of a file, read in pieces; empty when it cannot be read.
std::string hash_of(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    crypto_hash_sha256_state state {};
    crypto_hash_sha256_init(&state);
    std::array<char, 65536> part {};
    while (file.read(part.data(), part.size()) || file.gcount() > 0)
        crypto_hash_sha256_update(&state, reinterpret_cast<unsigned char const*>(part.data()), static_cast<unsigned long long>(file.gcount()));
    if (!file.eof())
        return {};
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash {};
    crypto_hash_sha256_final(&state, hash.data());
    std::string hex;
    for (auto byte : hash)
        hex += fmt::format("{:02x}", byte);
    return hex;
}

std::int64_t comparisons_an_hour()
{
    static auto const most = [] {
        auto table = LimitTable::embedded("papers");
        auto const number = table.take("comparisons_per_network_and_hour");
        if (auto const rest = table.all_taken(); !rest)
            throw std::logic_error(rest.error().detail);
        return number;
    }();
    return most;
}

/// The file is only hashed: nothing of it is read or kept.
Result<http::Response> compare_file(account::Visit& visit)
{
    auto page = TRY(compare_page(visit));
    TRY_VOID(account::count_use(visit.database, "paper.compare:" + visit.request.client_network, { comparisons_an_hour(), 3'600'000, "paper.verify.wait" }, visit.now));
    auto const& uploads = visit.request.uploads;
    auto const hash = uploads.empty() || uploads.front().bytes == 0 ? std::string {} : hash_of(uploads.front().stored_at);
    if (hash.empty()) {
        auto const fault = invalid("paper.verify.no_file", { { "file", "paper.verify.no_file" } });
        page.errors = view::field_errors(fault.value());
        return visit.page("paper/compare", page, visit.public_frame({ "paper.verify.compare" }), 422);
    }
    return http::see_other(page.back.address + "?sha256=" + hash);
}

Result<http::Response> ask_code(account::Visit& visit)
{
    auto const code = tidy_code(visit.request.query.text("code"));
    if (code.empty())
        return visit.public_page("paper/ask", AskPage { { "/verify" }, {} }, visit.public_frame({ "paper.verify.title" }));
    auto const known = visit.database.read([&](storage::Reader& reader) { return paper_by_code(reader, code); });
    if (known)
        return http::see_other("/verify/" + known->code);
    return visit.page("paper/ask", AskPage { { "/verify" }, visit.request.query.text("code").substr(0, 40), true }, visit.public_frame({ "paper.verify.title" }), 404);
}

}

std::string tidy_code(std::string_view typed)
{
    std::string code;
    for (char sign : typed.substr(0, 40)) {
        if (sign == ' ' || sign == '-' || sign == '.')
            continue;
        char const capital = sign >= 'a' && sign <= 'z' ? static_cast<char>(sign - 'a' + 'A') : sign;
        code += capital == 'O' ? '0' : capital == 'I' || capital == 'L' ? '1' : capital;
    }
    return code;
}

void register_verify_pages(account::Door const& door, http::Router& router)
{
    door.get_public<AskPage>(router, "/verify", ask_code);
    door.get_public<VerifyPage>(router, "/verify/{code}", show_verify);
    door.get_public<ComparePage>(router, "/verify/{code}/file", show_compare);
    door.post(router, "/verify/{code}/file", "public", compare_file, http::BodyKind::Upload);
}

}
