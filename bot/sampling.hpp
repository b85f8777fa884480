// Figures that others keep, put among the metrics when somebody asks for them.
#pragma once

#include "bot/metrics.hpp"
#include "bot/slack/socket_mode.hpp"
#include "storage/store.hpp"

namespace rapport::bot {

void sample_store(metrics &into, const storage::store_snapshot &seen);
void sample_link(metrics &into, const slack::socket_mode_status &seen);

} // namespace rapport::bot
