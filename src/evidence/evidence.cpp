#include "evidence/evidence.hpp"
#include <algorithm>
#include <array>
#include <utility>

namespace kpuhub::evidence {

namespace {

constexpr std::size_t longest_title = 300;
constexpr std::size_t longest_address = 2000;
constexpr std::size_t longest_word = 120;
constexpr std::string_view blanks = " \t\r\n";

constexpr std::array<std::pair<Kind, std::string_view>, 4> kinds { {
    { Kind::File, "file" }, { Kind::Link, "link" }, { Kind::Reference, "reference" }, { Kind::Record, "record" } } };

std::string trimmed(std::string_view text)
{
    auto from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos)
        return {};
    return std::string(text.substr(from, text.find_last_not_of(blanks) - from + 1));
}

/// Cut at the start of a UTF-8 sign, never inside one.
std::string shortened(std::string text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
        --most;
    text.resize(most);
    return text;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char sign) {
        return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + 32) : static_cast<char>(sign);
    });
    return out;
}

bool is_host(std::string_view host)
{
    if (host.empty() || host.size() > 253 || host.front() == '.' || host.front() == '-')
        return false;
    return std::all_of(host.begin(), host.end(), [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '.' || sign == '-';
    }) && host.find("..") == std::string_view::npos;
}

bool is_port(std::string_view port)
{
    return !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Path, query and fragment with whatever is not visible ASCII percent-encoded.
std::string encoded(std::string_view rest)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (char sign : rest) {
        auto byte = static_cast<unsigned char>(sign);
        if (byte > 0x20 && byte < 0x7F && std::string_view("\"<>\\^`{|}").find(sign) == std::string_view::npos) {
            out += sign;
            continue;
        }
        out += '%';
        out += hex[byte >> 4U];
        out += hex[byte & 15U];
    }
    return out;
}

std::string proposed_title(Proof const& proof)
{
    switch (proof.kind) {
    case Kind::File:
        return proof.file.name;
    case Kind::Link: {
        auto mark = proof.address.find("//");
        auto shown = mark == std::string::npos ? proof.address : proof.address.substr(mark + 2);
        return shown.ends_with('/') ? shown.substr(0, shown.size() - 1) : shown;
    }
    case Kind::Reference:
        return proof.paper.kind + " " + proof.paper.number;
    case Kind::Record:
        break;
    }
    return {};
}

}

std::string_view code(Kind kind)
{
    return std::find_if(kinds.begin(), kinds.end(), [&](auto const& each) { return each.first == kind; })->second;
}

std::optional<Kind> kind_of(std::string_view code)
{
    for (auto const& [kind, word] : kinds)
        if (word == code)
            return kind;
    return std::nullopt;
}

tl::expected<std::string, std::string> checked_address(std::string_view typed)
{
    auto text = trimmed(typed);
    if (text.empty())
        return tl::make_unexpected("evidence.address.empty");
    if (text.size() > longest_address)
        return tl::make_unexpected("evidence.address.long");
    auto mark = text.find("://");
    if (mark == std::string::npos || text.find_first_of("/?#") < mark) {
        // "javascript:..." and "mailto:..." have a colon that is no port
        auto colon = text.find(':');
        auto end = std::min(text.find_first_of("/?#"), text.size());
        if (colon < end && !is_port(std::string_view(text).substr(colon + 1, end - colon - 1)))
            return tl::make_unexpected("evidence.address.scheme");
        text.insert(0, "https://");
        mark = 5;
    }
    auto scheme = lower(std::string_view(text).substr(0, mark));
    if (scheme != "http" && scheme != "https")
        return tl::make_unexpected("evidence.address.scheme");
    auto authority_end = std::min(text.find_first_of("/?#\\", mark + 3), text.size());
    auto authority = lower(std::string_view(text).substr(mark + 3, authority_end - mark - 3));
    if (authority.find('@') != std::string::npos)
        return tl::make_unexpected("evidence.address.password");
    auto colon = authority.find(':');
    auto host = std::string_view(authority).substr(0, colon);
    if (!is_host(host) || (colon != std::string::npos && !is_port(std::string_view(authority).substr(colon + 1))))
        return tl::make_unexpected("evidence.address.host");
    auto address = scheme + "://" + authority + encoded(std::string_view(text).substr(authority_end));
    if (address.size() > longest_address)
        return tl::make_unexpected("evidence.address.long");
    return address;
}

std::string host_of(std::string_view address)
{
    auto mark = address.find("://");
    if (mark == std::string_view::npos)
        return {};
    auto rest = address.substr(mark + 3);
    return std::string(rest.substr(0, rest.find_first_of("/?#:")));
}

Result<Proof> checked(Proof proof)
{
    std::vector<FieldFault> faults;
    if (proof.kind == Kind::Link) {
        if (auto address = checked_address(proof.address))
            proof.address = *address;
        else
            faults.push_back({ "address", address.error() });
    } else {
        proof.address.clear();
    }
    if (proof.kind == Kind::Reference) {
        proof.paper.kind = trimmed(proof.paper.kind);
        proof.paper.number = trimmed(proof.paper.number);
        if (proof.paper.kind.empty() || proof.paper.kind.size() > longest_word)
            faults.push_back({ "paper_kind", "evidence.paper.kind" });
        if (proof.paper.number.empty() || proof.paper.number.size() > longest_word)
            faults.push_back({ "paper_number", "evidence.paper.number" });
    } else {
        proof.paper = {};
    }
    proof.title = trimmed(proof.title);
    if (proof.title.size() > longest_title)
        faults.push_back({ "title", "evidence.title.long" });
    if (proof.title.empty())
        proof.title = shortened(trimmed(proposed_title(proof)), longest_title);
    if (proof.title.empty() && faults.empty())
        faults.push_back({ "title", "evidence.title.empty" });
    if (proof.covers_to && !proof.covers_from)
        faults.push_back({ "covers_from", "evidence.covers.both" });
    if (proof.covers_from && !proof.covers_to)
        faults.push_back({ "covers_to", "evidence.covers.both" });
    if (proof.covers_from && proof.covers_to && *proof.covers_to < *proof.covers_from)
        faults.push_back({ "covers_to", "evidence.covers.order" });
    if (!faults.empty())
        return invalid("evidence.form", std::move(faults));
    return proof;
}

}
