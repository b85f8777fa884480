// A played term told: as text, as JSON for a script, as a page with plots, as Markdown for the documentation;
// two terms beside each other; the days of a person. Pure.
#pragma once

#include "bot/simulate/playing.hpp"

#include <string>

namespace rapport::simulate {

std::string report_text(const played &made);
std::string report_json(const played &made); // one object and a line end
// A whole page with nothing outside it: inline SVG, no scripts, light and dark.
std::string report_page(const played &made);
// The numbers to reach and what was found, with what it takes to find them again. `keen`: one pair that keeps
// every promise and writes on the platform, played by the same policy.
std::string report_numbers(const played &made, const played &keen);

std::string compared_text(const played &one, const played &other);
std::string compared_json(const played &one, const played &other);

// By person and day.
std::string transcript_text(const played &made);

} // namespace rapport::simulate
