// Reads JSON keeping only the keys that a rule names: what is not wanted is never built, let alone stored.
// Internal to this folder's decoders; the only header here that knows the JSON library.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rapport::slack {

using json = nlohmann::json;
using key_path = std::vector<std::string>;

// Says whether the value under this path of keys is kept; elements of an array have the array's path.
using keep_rule = bool (*)(const key_path &);

struct partial_json {
    json value;            // what was kept, up to the point where the text broke
    bool complete = false; // the whole text was well-formed
    bool too_deep = false;
};

// Never throws on bad text. Depth is limited to frame_depth_most. Words that are passed over are overwritten
// in the parser's buffer.
partial_json read_keeping(std::string_view text, keep_rule keep);

// Safe looks into a value of any shape: a missing key, null or another type gives the empty value.
const json &field(const json &object, std::string_view key);
std::string text_field(const json &object, std::string_view key);
bool flag_field(const json &object, std::string_view key);           // true, or the text "true"
std::int64_t number_field(const json &object, std::string_view key); // a number, or digits as text
std::string id_field(const json &object, std::string_view key);      // text, or the `id` of an object

} // namespace rapport::slack
