#pragma once
#include "codec/cell_signs.hpp"
#include "codec/document.hpp"
#include "core/result.hpp"
#include <map>
#include <string>
#include <string_view>

namespace pugi {
class xml_document;
class xml_node;
}

namespace kpuhub::codec {

class ZipFile;

/// What DOCX and XLSX share: parts, relations and XML of ECMA-376 packages. For the child process alone.
enum class OfficeKind { Word, Sheet };

/// By the content type of the main part, never by a name. Errors: codec.office_broken, codec.encrypted,
/// codec.zip_too_large, codec.macro, codec.kind_later (presentations, OpenDocument, binary workbooks).
Result<OfficeKind> office_kind(std::string_view bytes, Limits const&);

/// A part named by another one. `type` is the last word of its relation ("styles"); `path` is its name in the archive.
struct Relation {
    std::string type;
    std::string path;
    bool outside = false;   ///< it lies outside of the file and is never opened
};

/// The parts that a part names, by their identifier; none when it names none.
/// Errors: codec.office_broken; codec.outside_part when the file takes a part of its own text from elsewhere.
Result<std::map<std::string, Relation>> read_relations(ZipFile&, std::string const& part);
/// The path of the main part. Errors: as read_relations.
Result<std::string> main_part(ZipFile&);

/// Errors: codec.office_broken, also for a document type declaration: ECMA-376 parts hold none.
Result<void> parse_xml(pugi::xml_document&, std::string const& bytes);

/// A name without its namespace prefix: writers differ in which one they use.
std::string_view local_name(char const* name);
/// The first child of that local name, or an empty node.
pugi::xml_node child_named(pugi::xml_node, std::string_view local);
/// The value of the attribute of that local name; empty when it has none.
std::string_view attribute_named(pugi::xml_node, std::string_view local);

/// The text without control characters (white space becomes a space) and soft hyphens; empty when it is no UTF-8.
std::string printable(std::string_view);
/// The same, with its lines joined by line_separator; "_x000D_" of spreadsheets is an end of line too.
std::string printable_lines(std::string_view);

/// What a sign of a symbol font means ("Wingdings", U+00FC or U+F0FC): "√", "✗", "☐"; empty when the font is none of
/// them, the sign itself when its meaning is unknown.
std::string symbol(std::string_view font, char32_t sign);
/// The same for each sign of a text.
std::string symbols(std::string_view font, std::string_view text);

}
