#include "codec/read.hpp"
#include "codec/csv.hpp"
#include "codec/docx.hpp"
#include "codec/office_xml.hpp"
#include "codec/text.hpp"
#include "codec/xlsx.hpp"

namespace kpuhub::codec {

namespace {

using namespace std::string_view_literals;

bool is_encrypted_office(std::string_view bytes)
{
    // The stream name "EncryptedPackage" in the directory of an OLE file, UTF-16 (MS-OFFCRYPTO 2.3).
    return bytes.find("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv) != std::string_view::npos;
}

}

Result<Document> read_document(std::string_view bytes, Limits const& limits)
{
    if (bytes.size() > limits.input_bytes)
        return invalid_because("codec.too_large", std::to_string(limits.input_bytes >> 20U));
    if (bytes.starts_with("PK\x03\x04"sv)) {
        return TRY(office_kind(bytes, limits)) == OfficeKind::Word ? read_docx(bytes, limits) : read_xlsx(bytes, limits);
    }
    if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) {
        if (is_encrypted_office(bytes))
            return invalid("codec.encrypted");
        return invalid_because("codec.kind_later", "XLS");
    }
    auto const text = TRY(decode_text(bytes));
    if (char const separator = csv_separator(text))
        return read_csv(text, separator, limits);
    return read_text(text, limits);
}

}
