#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doc/build-systems.txt, meson.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=doc.sh
. "$top_srcdir/test/e2e/doc.sh"

need meson ninja
set_up_farm
write_project
cat >meson.build <<'EOF'
project('doc', 'c', 'cpp')
executable('main', 'main.c', 'answer.c')
EOF
follow_section 6 2 build/main
