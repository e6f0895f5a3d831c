#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# C++ sources of every common suffix are distributed.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

command -v g++ >/dev/null || skip "no g++"
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port" DISTCC_FALLBACK=0

for suffix in cc cpp cxx C c++ cp; do
	cat >"file.$suffix" <<-EOF
	#include <string>
	template <class T> T twice(T value) { return value + value; }
	std::string shout(const std::string &s) { return twice(s + "!"); }
	EOF
	g++ -O1 -c "file.$suffix" -o local.o
	run distcc g++ -O1 -c "file.$suffix" -o remote.o
	expect_rc 0
	expect_same local.o remote.o
done
await_logged one 6 COMPILE_OK
