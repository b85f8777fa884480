# Asio, Beast and Boost.URL compiled once (about 8 s instead of that in every file): link `network`, never Boost::headers.
add_library(network STATIC ${CMAKE_SOURCE_DIR}/cmake/boost_sources.cpp)
target_compile_features(network PUBLIC cxx_std_20)
target_compile_definitions(network PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_URL_NO_LIB=1)
target_link_libraries(network PUBLIC Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
set_property(TARGET network PROPERTY JOB_POOL_COMPILE beast)
