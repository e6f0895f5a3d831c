#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# No job gets an old file: whatever was changed, however short ago, and
# whatever became of the agent.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=pumping.sh
. "$top_srcdir/test/e2e/pumping.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port,lzo,cpp" DISTCC_FALLBACK=0

mkdir one two
echo '#include <h.h>
int f(void) { return H; }' >x.c
echo '#define H 1' >two/h.h
pumped gcc -Ione -Itwo -c x.c -o out.o

# As long, and in the same second; many times in a row.
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	echo "#define H $((i % 10))" >two/h.h
	pumped gcc -Ione -Itwo -c x.c -o out.o
done

# With the times of before.
touch -r two/h.h "$scratch/stamp"
echo '#define H 7' >two/h.h
touch -r "$scratch/stamp" two/h.h
pumped gcc -Ione -Itwo -c x.c -o out.o

# Another one in its place, and one in front of it.
echo '#define H 8' >two/new.h
mv two/new.h two/h.h
pumped gcc -Ione -Itwo -c x.c -o out.o
echo '#define H 9' >one/h.h
pumped gcc -Ione -Itwo -c x.c -o out.o
rm one/h.h
pumped gcc -Ione -Itwo -c x.c -o out.o
mkdir three
echo '#define H 3' >three/h.h
mv one old
ln -s three one
pumped gcc -Ione -Itwo -c x.c -o out.o

# A header that is generated between two compiles.
printf '#if __has_include("gen.h")\n#include "gen.h"\n#else\n%s\n#endif\n' \
	'#define G 0' >>x.c
echo 'int g(void) { return G; }' >>x.c
pumped gcc -Ione -Itwo -c x.c -o out.o
echo '#define G 1' >gen.h
pumped gcc -Ione -Itwo -c x.c -o out.o
rm gen.h
pumped gcc -Ione -Itwo -c x.c -o out.o

# The agent is killed, and the next one knows nothing of it.
for pid in $(agent_pids); do
	kill -KILL "$pid"
done
await 10 agents_are 0
echo '#define H 4' >three/h.h
pumped gcc -Ione -Itwo -c x.c -o out.o

# One that is stopped answers nobody: it costs a while, but no job. What it
# was asked for is preprocessed.
pid=$(agent_pids)
kill -STOP "$pid"
echo '#define H 5' >three/h.h
same gcc -Ione -Itwo -c x.c -o out.o
expect_way cpp agent
kill -CONT "$pid"
