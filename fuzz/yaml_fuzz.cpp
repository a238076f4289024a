// Outside YAML: message files and definitions that an office publishes. Whatever passes the check must load.
#include "text/messages.hpp"
#include "text/yaml_shape.hpp"
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <yaml-cpp/yaml.h>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t count)
{
    std::string_view const yaml { reinterpret_cast<char const*>(bytes), count };
    if (kpuhub::text::check_yaml(yaml)) {
        try {
            (void)YAML::Load(std::string { yaml });
        } catch (YAML::Exception const&) {
            std::abort();
        }
    }
    kpuhub::text::Messages::File const file { "fuzz.yaml", yaml };
    (void)kpuhub::text::Messages::create({ &file, 1 });
    return 0;
}
