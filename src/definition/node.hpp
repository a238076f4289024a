#pragma once
#include "core/result.hpp"
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kpuhub::definition {

/// A read definition file as plain values, each with its line. Keys are unique within a map and keep their order.
struct Node {
    enum class Kind { Empty, Scalar, List, Map };

    Kind kind = Kind::Empty;
    int line = 0;                                         ///< from 1; of a list or map under a key that of the key
    std::string text {};                                  ///< of a scalar
    std::vector<Node> items {};                           ///< of a list
    std::vector<std::pair<std::string, Node>> entries {}; ///< of a map

    /// The value of a key; an Empty node at this node's line when there is none.
    [[nodiscard]] Node const& operator[](std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const;
};

/// Reads one YAML document. `file` is only named in faults.
/// Errors: Invalid ("definition.file_wrong", argument = file) with one field "file:line" per wrong place, for text that is not
/// YAML, more than 1 MiB, a key given twice, nesting deeper than 16, more than 200,000 values, an anchor, an alias, a tag of
/// its own or a second document.
Result<Node> parse(std::string_view file, std::string_view text);

/// Collects what is wrong with a file, so that one run shows all of it.
class Faults {
public:
    explicit Faults(std::string_view file) : m_file(file) {}
    /// `message_key` is one of "definition.*"; `argument` is shown in it.
    void add(int line, std::string message_key, std::string argument = {});
    [[nodiscard]] bool none() const { return m_fields.empty(); }
    [[nodiscard]] Failure failure() const;

    // Readers of single values: give an empty or zero value and note the fault when it is wrong.
    std::string required_text(Node const& map, std::string_view key);
    std::string optional_text(Node const& map, std::string_view key);
    std::vector<std::string> optional_texts(Node const& map, std::string_view key);
    std::vector<Node> const& required_list(Node const& map, std::string_view key);
    /// The pairs under a key; none when the key is not there. What stands there and is no map is noted: it must not pass for an empty one.
    std::vector<std::pair<std::string, Node>> const& optional_pairs(Node const& map, std::string_view key);
    int required_number(Node const& map, std::string_view key, int least, int most);
    /// Notes each key of the map that is not in the list: a misspelt key must not pass unseen.
    void only_keys(Node const& map, std::initializer_list<std::string_view> known);

private:
    std::string m_file;
    std::vector<FieldFault> m_fields;
};

/// What every definition file begins with.
struct Heading {
    std::string id, source, valid_from;
    int version = 0;
};

/// Reads id, version, valid_from, title and source; notes what is missing.
Heading read_heading(Node const& file, Faults&);

}
