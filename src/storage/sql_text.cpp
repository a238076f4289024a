#include "storage/sql_text.hpp"
#include <algorithm>
#include <array>
#include <cctype>

namespace kpuhub::storage {

static bool is_word_sign(char sign)
{
    return std::isalnum(static_cast<unsigned char>(sign)) || sign == '_' || static_cast<unsigned char>(sign) >= 0x80;
}

/// Where the quote that opens at the start ends; a doubled quote does not end it.
static std::size_t quoted_length(std::string_view text)
{
    char quote = text.front();
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] != quote)
            continue;
        if (at + 1 < text.size() && text[at + 1] == quote)
            ++at;
        else
            return at + 1;
    }
    return text.size();
}

/// Length of $tag$ ... $tag$; 0 when the dollar sign opens no such quote (it is a parameter).
static std::size_t dollar_quoted_length(std::string_view text)
{
    std::size_t end = 1;
    while (end < text.size() && is_word_sign(text[end]))
        ++end;
    bool parameter = end > 1 && std::isdigit(static_cast<unsigned char>(text[1]));
    if (parameter || end >= text.size() || text[end] != '$')
        return 0;
    auto tag = text.substr(0, end + 1);
    auto close = text.find(tag, tag.size());
    return close == std::string_view::npos ? text.size() : close + tag.size();
}

static std::size_t space_length(std::string_view text)
{
    if (text.starts_with("--"))
        return std::min(text.find('\n'), text.size());
    if (text.starts_with("/*")) {
        auto close = text.find("*/", 2);
        return close == std::string_view::npos ? text.size() : close + 2;
    }
    std::size_t length = 0;
    while (length < text.size() && std::isspace(static_cast<unsigned char>(text[length])))
        ++length;
    return length;
}

static SqlPiece first_piece(std::string_view text)
{
    if (auto length = space_length(text))
        return { SqlKind::Space, text.substr(0, length) };
    if (text.front() == '\'' || text.front() == '"')
        return { SqlKind::Quoted, text.substr(0, quoted_length(text)) };
    if (text.front() == '$') {
        if (auto length = dollar_quoted_length(text))
            return { SqlKind::Quoted, text.substr(0, length) };
        return { SqlKind::Sign, text.substr(0, 1) };
    }
    std::size_t length = 0;
    while (length < text.size() && is_word_sign(text[length]))
        ++length;
    if (length > 0)
        return { SqlKind::Word, text.substr(0, length) };
    return { SqlKind::Sign, text.substr(0, 1) };
}

std::vector<SqlPiece> sql_pieces(std::string_view text)
{
    std::vector<SqlPiece> pieces;
    while (!text.empty()) {
        pieces.push_back(first_piece(text));
        text.remove_prefix(pieces.back().text.size());
    }
    return pieces;
}

static std::string upper(std::string_view word)
{
    std::string result { word };
    std::ranges::transform(result, result.begin(), [](unsigned char sign) { return std::toupper(sign); });
    return result;
}

namespace {
/// Follows the words of one statement to know whether a semicolon ends it.
class StatementEnd {
public:
    void word(std::string const& word)
    {
        ++m_words;
        if (m_words == 1)
            m_create = word == "CREATE";
        else if (m_words <= 4 && m_create && word == "TRIGGER")
            m_trigger = true;
        if (!m_trigger)
            return;
        if (word == "BEGIN" || word == "CASE")
            ++m_depth;
        else if (word == "END")
            --m_depth;
    }
    [[nodiscard]] bool at_semicolon() const { return m_depth <= 0; }

private:
    int m_words = 0;
    int m_depth = 0;
    bool m_create = false;
    bool m_trigger = false;
};
}

std::vector<std::string> sql_statements(std::string_view script)
{
    std::vector<std::string> statements;
    std::string current;
    bool has_content = false;
    StatementEnd end;
    auto finish = [&] {
        if (has_content)
            statements.push_back(current);
        current.clear();
        has_content = false;
        end = {};
    };
    for (auto const& piece : sql_pieces(script)) {
        if (piece.kind == SqlKind::Sign && piece.text == ";" && end.at_semicolon()) {
            finish();
            continue;
        }
        if (piece.kind == SqlKind::Word)
            end.word(upper(piece.text));
        if (piece.kind != SqlKind::Space)
            has_content = true;
        if (has_content)
            current += piece.text;
    }
    finish();
    return statements;
}

/// Whether the words from here on are these; gives the index after them, or 0.
static std::size_t after_words(
    std::vector<SqlPiece> const& pieces, std::size_t from, std::span<std::string_view const> words)
{
    for (auto wanted : words) {
        while (from < pieces.size() && pieces[from].kind == SqlKind::Space)
            ++from;
        if (from == pieces.size() || pieces[from].kind != SqlKind::Word || upper(pieces[from].text) != wanted)
            return 0;
        ++from;
    }
    return from;
}

std::string as_sqlite(std::string_view statement)
{
    constexpr std::array<std::string_view, 8> identity {
        "BIGINT", "GENERATED", "BY", "DEFAULT", "AS", "IDENTITY", "PRIMARY", "KEY"
    };
    constexpr std::array<std::string_view, 2> create_table { "CREATE", "TABLE" };
    auto pieces = sql_pieces(statement);
    std::string result;
    for (std::size_t at = 0; at < pieces.size();) {
        auto const& piece = pieces[at];
        if (auto next = after_words(pieces, at, identity); piece.kind == SqlKind::Word && next) {
            result += "INTEGER PRIMARY KEY";
            at = next;
            continue;
        }
        auto word = piece.kind == SqlKind::Word ? upper(piece.text) : std::string {};
        if (word == "BIGINT")
            result += "INTEGER";
        else if (word == "BYTEA")
            result += "BLOB";
        else
            result += piece.text;
        ++at;
    }
    if (after_words(pieces, 0, create_table))
        result += "\nSTRICT";
    return result;
}

}
