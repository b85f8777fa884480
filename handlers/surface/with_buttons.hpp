// A message of some words with a row of buttons under them.
#pragma once

#include "handlers/surface/blocks.hpp"

#include <utility>
#include <vector>

namespace rapport {

// Without buttons: the words alone.
inline surface::message with_buttons(surface::mrkdwn words, std::vector<surface::element> buttons) {
    auto out = surface::said(std::move(words));
    if (!buttons.empty())
        out.blocks.emplace_back(surface::actions{std::move(buttons)});
    return out;
}

} // namespace rapport
