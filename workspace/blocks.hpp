// The platform's judgement of Block Kit: which blocks and elements may stand where, and every limit on them.
// Answers with the platform's kind of message for each fault, with a JSON pointer to it.
#pragma once

#include "workspace/json.hpp"

#include <string>
#include <vector>

namespace workspace {

enum class surface { message, modal, home };

// What is wrong with a list of blocks, as "[ERROR] must be less than 151 characters
// [json-pointer:/blocks/0/text]"; empty: nothing. `at` is the pointer of the list itself.
std::vector<std::string> faults_in_blocks(const json &blocks, surface where,
                                          const std::string &at = "/blocks");

// What is wrong with a modal or home view, its blocks included.
std::vector<std::string> faults_in_view(const json &view);

// The blocks with a block_id and an action_id where there was none, as the platform stores them.
json with_ids(json blocks, const std::string &seed);

// One interactive element where it stands.
struct placed_element {
    json element;
    std::string block_id;
    bool is_input = false;  // stands in an input block
    bool dispatches = true; // changes reach the app at once
    bool optional = true;   // an input block's
};

// Every interactive element of the blocks, in order.
std::vector<placed_element> elements_of(const json &blocks);

} // namespace workspace
