#include "input.hpp"
#include "record/receipt.hpp"

using namespace kpuhub::record;

/// Tracking codes as strangers type them: what is read is 13 known symbols, and reading what is shown of it gives the same.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    auto const text = input_text(bytes, size);
    if (auto tidy = tidy_receipt(text)) {
        must(tidy->size() == 13 && tidy->find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U") == std::string::npos);
        must(tidy_receipt(shown_receipt(*tidy)) == tidy);
    }
    must(tidy_receipt(receipt_code(text)).has_value());
    return 0;
}
