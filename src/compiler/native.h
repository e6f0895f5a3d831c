/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_NATIVE_H
#define COMPILER_NATIVE_H

#include "compiler/cmdline.h"

struct buf;
struct probe;

/*
 * -march=native, -mtune=native and -mcpu=native, said in words that mean the
 * same on every machine.
 */

/*
 * Appends to out the words of command, [0] being a compiler of that family,
 * with options for this machine's processor replaced by explicit ones. The
 * compiler of probe is asked for them, and whether it makes the very same of
 * both; that is remembered for this processor. Returns 0, or ERR_MISSING if
 * there is no command that is sure to give the same object, and then out is
 * as it was.
 */
int native_expand(const struct probe *probe, const struct args *command,
		  enum family family, struct args *out);

/*
 * What follows is for native_expand's two halves.
 */

/*
 * Appends a name for the kinds of processors that the text of /proc/cpuinfo
 * tells of: the same whatever their number, speed, and the place where the
 * text is cut off. Nothing if it tells of none.
 */
void native_add_processor(const char *info, struct buf *text);

/*
 * Appends to out the words of from, the first option for this machine's
 * processor replaced by explicit, the others left out.
 */
void native_replace(const struct args *from, const struct args *explicit,
		    struct args *out);

/*
 * Appends to explicit what clang has to be told instead of the options for
 * this machine's processor in words. Returns 0 or ERR_MISSING.
 */
int native_ask_clang(const struct probe *probe, const struct args *words,
		     struct args *explicit);

/*
 * The same for gcc. *is_ordered tells whether the options also come to cc1
 * in the same order, which debug information records.
 */
int native_ask_gcc(const struct probe *probe, const struct args *words,
		   struct args *explicit, int *is_ordered);

#endif
