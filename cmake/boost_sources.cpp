// The compiled halves of Asio, Beast and Boost.URL, once for the whole project (see cmake/network.cmake).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
#include <boost/url/src.hpp>
