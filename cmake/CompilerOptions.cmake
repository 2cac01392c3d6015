# One set of flags for all of our code; third-party headers come in as system headers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_compile_options(-Wall -Wextra -Werror -Wformat=2 -Wconversion -Wsign-conversion -Wshadow
                    -Wimplicit-fallthrough -Wduplicated-cond -Wlogical-op -Wnon-virtual-dtor -Woverloaded-virtual
                    -Wbidi-chars=any)
# g++ 12 takes Asio's allocation of coroutine frames for a mismatch when it inlines only one half of the pair.
add_compile_options(-Wno-mismatched-new-delete)
add_compile_definitions(_GLIBCXX_ASSERTIONS
                        BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_NO_TS_EXECUTORS
                        BOOST_BEAST_SEPARATE_COMPILATION
                        BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=8)
# What Boost's imported targets define, for everyone: the precompiled header fits only equal definitions.
add_compile_definitions(BOOST_CONTAINER_DYN_LINK BOOST_CONTAINER_NO_LIB BOOST_JSON_DYN_LINK BOOST_JSON_NO_LIB
                        BOOST_URL_DYN_LINK BOOST_URL_NO_LIB)

# g++ 12 warns of values that it can no longer follow: behind the sanitizers' instrumentation, and at -O3 in the
# destructors of variants of optionals.
add_compile_options(-Wno-maybe-uninitialized)

if(FILMOTEKA_SANITIZE)
  add_compile_options(-fsanitize=${FILMOTEKA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=${FILMOTEKA_SANITIZE})
  if(FILMOTEKA_SANITIZE MATCHES "thread")
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    add_compile_options(-Wno-error=tsan)
  endif()
else()
  # Hardening of what users run. _FORTIFY_SOURCE needs optimisation, so it follows the build type.
  add_compile_options(-fstack-protector-strong -fstack-clash-protection -fcf-protection=full
                      -ftrivial-auto-var-init=zero -fno-delete-null-pointer-checks -fno-strict-overflow)
  add_compile_options($<$<CONFIG:Release>:-U_FORTIFY_SOURCE> $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=3>)
  add_link_options(-pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code -Wl,--as-needed)
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
endif()
