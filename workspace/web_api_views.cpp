// views.open, push, update and publish.
#include "workspace/forms.hpp"
#include "workspace/web_api.hpp"

namespace workspace {
namespace {

constexpr std::size_t view_bytes = 250 * 1024;

// null: read into `out`; otherwise the refusal.
json read_view(api_call &call, std::string_view type, json &out, const view *replaced = nullptr) {
    out = call.structured("view");
    if (!out.is_object())
        return refused("invalid_arguments", {"[ERROR] missing required field: view [json-pointer:/view]"});
    if (wire(out).size() > view_bytes)
        return refused("view_too_large");
    const auto wrong = faults_in_view(out);
    if (!wrong.empty())
        return refused("invalid_arguments", wrong);
    if (!type.empty() && text_in(out, "type") != type)
        return refused("invalid_arguments",
                       {"[ERROR] unsupported type: " + text_in(out, "type") + " [json-pointer:/view/type]"});
    const auto *same = call.on.state.find_view_by_external_id(text_in(out, "external_id"));
    if (same && same != replaced)
        return refused("duplicate_external_id");
    return nullptr;
}

json spent(api_call &call, trigger &out) {
    if (!call.has("trigger_id"))
        return refused("invalid_arguments", {"[ERROR] missing required field: trigger_id"});
    switch (call.on.lent.spend_trigger(call.text("trigger_id"), out)) {
    case pass_state::good:
        return nullptr;
    case pass_state::expired:
        return refused("expired_trigger_id");
    case pass_state::used:
        return refused("exchanged_trigger_id");
    case pass_state::unknown:
        break;
    }
    return refused("invalid_trigger_id");
}

json shown(const platform &on, const view &what) {
    return {{"ok", true}, {"view", shape(on.state, what)}};
}

bool stale(const api_call &call, const view &what) {
    return call.has("hash") && call.text("hash") != what.hash;
}

} // namespace

namespace methods {

json views_open(api_call &call) {
    json body;
    if (auto wrong = read_view(call, "modal", body); !wrong.is_null())
        return wrong;
    trigger from;
    if (auto wrong = spent(call, from); !wrong.is_null())
        return wrong;
    if (from.view.empty() || !call.on.state.find_view(from.view))
        call.on.state.forget_modals(from.user); // a form opened from elsewhere replaces what was open
    if (call.on.state.modals[from.user].size() >= stack_limit)
        return refused("push_limit_reached");
    return shown(call.on, push_form(call.on, from.user, std::move(body)));
}

json views_push(api_call &call) {
    json body;
    if (auto wrong = read_view(call, "modal", body); !wrong.is_null())
        return wrong;
    trigger from;
    if (auto wrong = spent(call, from); !wrong.is_null())
        return wrong;
    if (from.view.empty() || !top_form(call.on, from.user))
        return refused("not_found");
    if (call.on.state.modals[from.user].size() >= stack_limit)
        return refused("push_limit_reached");
    return shown(call.on, push_form(call.on, from.user, std::move(body)));
}

json views_update(api_call &call) {
    auto *found = call.has("view_id") ? call.on.state.find_view(call.text("view_id"))
                                      : call.on.state.find_view_by_external_id(call.text("external_id"));
    json body;
    if (auto wrong = read_view(call, "", body, found); !wrong.is_null())
        return wrong;
    if (!found)
        return refused("not_found");
    if (text_in(body, "type") != text_in(found->body, "type"))
        return refused("invalid_arguments",
                       {"[ERROR] the type of a view cannot change [json-pointer:/view/type]"});
    if (stale(call, *found))
        return refused("hash_conflict");
    replace_view(call.on, *found, std::move(body));
    return shown(call.on, *found);
}

json views_publish(api_call &call) {
    const auto user = call.text("user_id");
    const auto *who = call.on.state.find_person(user);
    if (!who || who->is_bot || who->id == "USLACKBOT")
        return refused("user_not_found");
    if (!call.on.app.home_tab())
        return refused("not_enabled");
    const auto home = call.on.state.homes.find(user);
    const auto *before = home == call.on.state.homes.end() ? nullptr : call.on.state.find_view(home->second);
    json body;
    if (auto wrong = read_view(call, "home", body, before); !wrong.is_null())
        return wrong;
    if (before ? stale(call, *before) : call.has("hash"))
        return refused("hash_conflict");
    return shown(call.on, publish_home(call.on, user, std::move(body)));
}

} // namespace methods
} // namespace workspace
