// The journal and its redaction; see journal.hpp.
#include "workspace/journal.hpp"

#include <array>

namespace workspace {
namespace {

constexpr std::string_view blank = "[redacted]";

bool secret_key(std::string_view key) {
    constexpr std::array<std::string_view, 4> keys{"token", "authorization", "response_url", "ticket"};
    for (const auto each : keys)
        if (each == key)
            return true;
    return false;
}

bool word_char(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' || c == '/';
}

// Blanks what follows each mark up to the end of the word, and the mark itself when it is part of the secret.
void blank_words(std::string &text, std::string_view mark, bool keep_mark) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + blank.size())) {
        auto from = keep_mark ? at + mark.size() : at;
        auto to = at + mark.size();
        while (to < text.size() && word_char(text[to]))
            ++to;
        text.replace(from, to - from, blank);
    }
}

bool matches(const journal_entry &entry, const journal_query &query) {
    return entry.seq > query.after && (query.kind.empty() || entry.kind == query.kind) &&
           (query.method.empty() || text_in(entry.what, "method") == query.method) &&
           (query.channel.empty() || text_in(entry.what, "channel") == query.channel);
}

json shown(const journal_entry &entry) {
    json out = entry.what;
    out["seq"] = entry.seq;
    out["at"] = std::chrono::duration_cast<std::chrono::milliseconds>(entry.at.time_since_epoch()).count();
    out["since_start"] = entry.since_start.count();
    out["kind"] = entry.kind;
    return out;
}

} // namespace

std::string redacted(std::string text) {
    blank_words(text, "xox", false);
    blank_words(text, "xapp-", false);
    blank_words(text, "ticket=", true);
    blank_words(text, "/hooks/", true);
    return text;
}

json redacted(const json &value) {
    if (value.is_string())
        return redacted(value.get<std::string>());
    if (value.is_array()) {
        json out = json::array();
        for (const auto &each : value)
            out.push_back(redacted(each));
        return out;
    }
    if (!value.is_object())
        return value;
    json out = json::object();
    for (const auto &[key, each] : value.items())
        out[key] = secret_key(key) && each.is_string() ? json(blank) : redacted(each);
    return out;
}

std::uint64_t journal::add(std::string kind, json what) {
    entries_.push_back({++last_, time_.now(), time_.since_start(), std::move(kind), redacted(what)});
    if (entries_.size() > keep_) {
        entries_.pop_front();
        ++forgotten_;
    }
    return last_;
}

json journal::find(const journal_query &query) const {
    json out = json::array();
    const auto skip = query.after > forgotten_ ? query.after - forgotten_ : 0;
    for (auto i = std::min<std::size_t>(skip, entries_.size()); i < entries_.size(); ++i) {
        if (out.size() == query.limit)
            break;
        if (matches(entries_[i], query))
            out.push_back(shown(entries_[i]));
    }
    return out;
}

std::size_t journal::count(const std::string &kind, const std::string &method) const {
    std::size_t n = 0;
    const journal_query query{.kind = kind, .method = method};
    for (const auto &entry : entries_)
        n += matches(entry, query);
    return n;
}

std::uint64_t journal::last() const {
    return last_;
}

std::uint64_t journal::forgotten() const {
    return forgotten_;
}

} // namespace workspace
