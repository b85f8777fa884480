// Opening a TCP connection to the first address that answers, within a limit, with the options that notice a
// dead peer. Internal.
#pragma once

#include "bot/slack/moment.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <vector>

namespace rapport::slack {

// Tries the addresses in turn; all of them together get `limit`, each an equal part of what is left, so that
// one dead address does not use up everybody's time. The socket is open afterwards if there was no error.
boost::asio::awaitable<boost::system::error_code> dial(boost::asio::ip::tcp::socket &socket,
                                                       std::vector<boost::asio::ip::tcp::endpoint> addresses,
                                                       milliseconds limit);

} // namespace rapport::slack
