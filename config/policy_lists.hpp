// The lists of tables in a policy: questions, gates, days off and the like. Each part of an entry that is
// wrong is complained of at its own place.
#pragma once

#include "config/policy_values.hpp"

namespace rapport::config {

bool read_list(const node &from, std::vector<question> &to, complaints &out);
bool read_list(const node &from, std::vector<eligibility_rule> &to, complaints &out);
bool read_list(const node &from, std::vector<gate> &to, complaints &out);
bool read_list(const node &from, std::vector<commitment> &to, complaints &out);
bool read_list(const node &from, std::vector<days_off> &to, complaints &out);
bool read_list(const node &from, std::vector<resource> &to, complaints &out);
bool read_list(const node &from, std::vector<prompt> &to, complaints &out);

// As people are told it.
std::string show_list(const std::vector<question> &all);
std::string show_list(const std::vector<eligibility_rule> &all);
std::string show_list(const std::vector<gate> &all);
std::string show_list(const std::vector<commitment> &all);
std::string show_list(const std::vector<days_off> &all);
std::string show_list(const std::vector<resource> &all);
std::string show_list(const std::vector<prompt> &all);

// Every part by its name, also those that people are not told.
std::string full_list(const std::vector<question> &all);
std::string full_list(const std::vector<eligibility_rule> &all);
std::string full_list(const std::vector<gate> &all);
std::string full_list(const std::vector<commitment> &all);
std::string full_list(const std::vector<days_off> &all);
std::string full_list(const std::vector<resource> &all);
std::string full_list(const std::vector<prompt> &all);

} // namespace rapport::config
