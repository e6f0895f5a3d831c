#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doc/build-systems.txt, CMake: and what it finds out is what it finds out
# without distcc.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=doc.sh
. "$top_srcdir/test/e2e/doc.sh"

need cmake
set_up_farm
write_project
cat >CMakeLists.txt <<'EOF'
cmake_minimum_required(VERSION 3.10)
project(doc C CXX)
include(CheckFunctionExists)
include(CheckIncludeFile)
include(CheckCXXCompilerFlag)
include(CheckTypeSize)
check_function_exists(memmem HAVE_MEMMEM)
check_function_exists(nosuch HAVE_NOSUCH)
check_include_file(sys/epoll.h HAVE_EPOLL)
check_cxx_compiler_flag(-fno-rtti HAVE_NO_RTTI)
check_type_size(long LONG)
file(WRITE ${CMAKE_BINARY_DIR}/config.h
	"${HAVE_MEMMEM} ${HAVE_NOSUCH} ${HAVE_EPOLL} ${HAVE_NO_RTTI} ${LONG}\n")
add_executable(main main.c answer.c)
EOF

cmake -S . -B plain >/dev/null || fail "no cmake"
follow_section 4 2 build/main
expect_same plain/config.h build/config.h
distcc --install-links "$HOME/links" >/dev/null
PATH=$HOME/links:$PATH cmake -S . -B behind >/dev/null || fail "no cmake"
expect_same plain/config.h behind/config.h
rm -rf build

# And with ninja.
command -v ninja >/dev/null || exit 0
echo 'int other;' >>answer.c
stop_daemon one
rm -rf "$DISTCC_DIR" "$scratch"/spool.one "$scratch"/one.*
mkdir "$DISTCC_DIR"
start_daemon one --jobs 2
export DISTCC_HOSTS="127.0.0.1:$port/4"
follow_section 5 2 build/main
