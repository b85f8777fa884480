// The list of faults that wait for their occasion; see faults.hpp.
#include "workspace/faults.hpp"

namespace workspace {

std::string_view text_of(fault_kind kind) {
    for (const auto &[each, word] : fault_words)
        if (each == kind)
            return word;
    return "?";
}

std::optional<fault_kind> fault_called(std::string_view word) {
    for (const auto &[each, text] : fault_words)
        if (text == word)
            return each;
    return std::nullopt;
}

bool is_call_fault(fault_kind kind) {
    return kind <= fault_kind::execute_then_500;
}

bool is_link_fault(fault_kind kind) {
    return kind >= fault_kind::drop_link && kind <= fault_kind::ghost_link;
}

std::optional<fault> read_fault(const json &from) {
    const auto kind = fault_called(text_in(from, "name"));
    if (!kind)
        return std::nullopt;
    fault out{.kind = *kind, .method = text_in(from, "method"), .channel = text_in(from, "channel")};
    out.times = static_cast<int>(number_in(from, "times", 1));
    out.skip = static_cast<int>(number_in(from, "skip", 0));
    out.percent = static_cast<int>(number_in(from, "percent", 100));
    out.retry_after = static_cast<int>(number_in(from, "retry_after", 1));
    out.status = static_cast<int>(number_in(from, "status", 0));
    out.delay = span(number_in(from, "delay_ms", *kind == fault_kind::disconnect_warning ? 10'000 : 0));
    out.link = static_cast<std::uint64_t>(number_in(from, "link", 0));
    if (from.contains("error"))
        out.error = text_in(from, "error");
    const bool sane = out.times >= 1 && out.skip >= 0 && out.percent >= 0 && out.percent <= 100 &&
                      out.retry_after >= 0 && out.delay >= span(0) &&
                      (out.status == 0 || (out.status >= 200 && out.status < 600));
    return sane ? std::optional(out) : std::nullopt;
}

json shape(const fault &what) {
    return {{"name", text_of(what.kind)},
            {"method", what.method},
            {"channel", what.channel},
            {"times", what.times},
            {"skip", what.skip},
            {"percent", what.percent},
            {"status", what.status},
            {"retry_after", what.retry_after},
            {"delay_ms", what.delay.count()},
            {"error", what.error},
            {"link", what.link}};
}

void fault_list::add(fault what) {
    waiting_.push_back(std::move(what));
}

void fault_list::clear() {
    waiting_.clear();
}

template <class Fits>
std::optional<fault> fault_list::take_first(Fits fits) {
    for (auto each = waiting_.begin(); each != waiting_.end(); ++each) {
        if (!fits(*each))
            continue;
        if (each->skip > 0) {
            --each->skip;
            continue;
        }
        if (each->percent < 100 && static_cast<int>(random_() % 100) >= each->percent)
            continue;
        const fault found = *each;
        if (--each->times == 0)
            waiting_.erase(each);
        return found;
    }
    return std::nullopt;
}

std::optional<fault> fault_list::take_for_call(const std::string &method, const std::string &channel) {
    return take_first([&](const fault &each) {
        return is_call_fault(each.kind) && (each.method.empty() || each.method == method) &&
               (each.channel.empty() || each.channel == channel);
    });
}

std::optional<fault> fault_list::take(fault_kind kind, const std::string &method) {
    return take_first([&](const fault &each) {
        return each.kind == kind && (each.method.empty() || each.method == method);
    });
}

json fault_list::shown() const {
    json out = json::array();
    for (const auto &each : waiting_)
        out.push_back(shape(each));
    return out;
}

} // namespace workspace
