// The sparing JSON reader; see frame_reader.hpp.
#include "bot/slack/frame_reader.hpp"

#include "bot/slack/envelope.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <charconv>

namespace rapport::slack {
namespace {

// Builds a value from the parser's events and leaves out whatever the rule does not name.
class sparing_builder {
  public:
    sparing_builder(partial_json &out, keep_rule keep) : out_(out), keep_(keep) {}

    bool null() {
        return put(nullptr);
    }
    bool boolean(bool value) {
        return put(value);
    }
    bool number_integer(json::number_integer_t value) {
        return put(value);
    }
    bool number_unsigned(json::number_unsigned_t value) {
        return put(value);
    }
    bool number_float(json::number_float_t value, const std::string &) {
        return put(value);
    }
    bool string(std::string &value) {
        if (!skipping())
            return put(value);
        OPENSSL_cleanse(value.data(), value.size());
        return put(nullptr);
    }
    bool binary(json::binary_t &) {
        return put(nullptr);
    }
    bool key(std::string &name) {
        if (passed_over_ > 0)
            return true;
        path_.push_back(name);
        skip_next_ = !keep_(path_);
        return true;
    }
    bool start_object(std::size_t) {
        return open(json::value_t::object);
    }
    bool start_array(std::size_t) {
        return open(json::value_t::array);
    }
    bool end_object() {
        return close();
    }
    bool end_array() {
        return close();
    }
    bool parse_error(std::size_t, const std::string &, const json::exception &) {
        return false;
    }

  private:
    bool skipping() const {
        return passed_over_ > 0 || skip_next_;
    }

    // Where the next kept value goes.
    json *place() {
        if (open_.empty())
            return &out_.value;
        if (open_.back()->is_object())
            return &(*open_.back())[path_.back()];
        return &open_.back()->emplace_back();
    }

    // A value is complete: its key is no longer part of the path.
    void done() {
        skip_next_ = false;
        if (!open_.empty() && open_.back()->is_object())
            path_.pop_back();
    }

    template <class T>
    bool put(const T &value) {
        if (passed_over_ > 0)
            return true;
        if (!skip_next_)
            *place() = value;
        done();
        return true;
    }

    bool open(json::value_t type) {
        if (++depth_ > frame_depth_most) {
            out_.too_deep = true;
            return false;
        }
        if (skipping()) {
            ++passed_over_;
            return true;
        }
        auto *const at = place();
        *at = json(type);
        open_.push_back(at);
        return true;
    }

    bool close() {
        --depth_;
        if (passed_over_ > 0) {
            if (--passed_over_ == 0)
                done();
            return true;
        }
        open_.pop_back();
        done();
        return true;
    }

    partial_json &out_;
    keep_rule keep_;
    key_path path_;
    std::vector<json *> open_; // the containers the parser is inside of, outermost first
    bool skip_next_ = false;
    int passed_over_ = 0; // containers entered under a key that is not kept
    int depth_ = 0;
};

const json nothing;

} // namespace

partial_json read_keeping(std::string_view text, keep_rule keep) {
    partial_json out;
    sparing_builder builder(out, keep);
    out.complete = json::sax_parse(text.begin(), text.end(), &builder);
    return out;
}

const json &field(const json &object, std::string_view key) {
    if (!object.is_object())
        return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

std::string text_field(const json &object, std::string_view key) {
    const auto &value = field(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool flag_field(const json &object, std::string_view key) {
    const auto &value = field(object, key);
    if (value.is_boolean())
        return value.get<bool>();
    return value.is_string() && value.get_ref<const std::string &>() == "true";
}

std::int64_t number_field(const json &object, std::string_view key) {
    const auto &value = field(object, key);
    if (value.is_number_integer())
        return value.get<std::int64_t>();
    std::int64_t number = 0;
    if (value.is_string()) {
        const auto &text = value.get_ref<const std::string &>();
        std::from_chars(text.data(), text.data() + text.size(), number);
    }
    return number;
}

std::string id_field(const json &object, std::string_view key) {
    const auto &value = field(object, key);
    return value.is_object() ? text_field(value, "id") : text_field(object, key);
}

} // namespace rapport::slack
