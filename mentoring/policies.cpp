// Looking policies up; see policies.hpp.
#include "mentoring/policies.hpp"

#include <algorithm>
#include <stdexcept>

namespace rapport {

void policies::add(std::int64_t version, program rules) {
    auto slug = rules.slug;
    auto &newest = in_force_[slug];
    newest = std::max(newest, version);
    versions_.insert_or_assign({std::move(slug), version}, std::move(rules));
}

const program *policies::find(const program_slug &slug) const {
    const auto newest = in_force_.find(slug);
    return newest == in_force_.end() ? nullptr : &versions_.at({slug, newest->second});
}

const program &policies::of(const program_slug &slug) const {
    const auto *found = find(slug);
    if (!found)
        throw std::logic_error("no policy of a program that is on file: " + slug.str());
    return *found;
}

const program &policies::of(const program_slug &slug, std::int64_t version) const {
    const auto found = versions_.find({slug, version});
    return found == versions_.end() ? of(slug) : found->second;
}

std::int64_t policies::version_of(const program_slug &slug) const {
    const auto newest = in_force_.find(slug);
    return newest == in_force_.end() ? 0 : newest->second;
}

std::vector<program_slug> policies::slugs() const {
    std::vector<program_slug> all;
    for (const auto &[slug, version] : in_force_)
        all.push_back(slug);
    return all;
}

} // namespace rapport
