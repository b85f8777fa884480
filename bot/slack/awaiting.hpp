// How this folder awaits: errors come as values, never as exceptions. Internal.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rapport::slack {

namespace asio = boost::asio;
using boost::system::error_code;

// auto [ec, n] = co_await socket.async_read_some(buffer, as_result);
inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

} // namespace rapport::slack
