/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_ELF_H
#define COMPILER_ELF_H

struct buf;

/*
 * Appends to kind what machine the object file at fd is for: "64-bit
 * little-endian machine 62". Two objects that can be linked together say the
 * same. The fd's offset stays. Returns 0, or ERR_MISSING if it is no ELF file.
 */
int elf_kind(int fd, struct buf *kind);

/*
 * Whether the file at fd is an ELF file with compressed sections, or one
 * whose sections cannot be made out.
 */
int elf_has_compressed(int fd);

#endif
