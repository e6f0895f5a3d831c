/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_ASSEMBLER_H
#define COMPILER_ASSEMBLER_H

/*
 * Whether the words for the assembler, separated by commas as behind -Wa,
 * only choose what code it makes: they name no file, make no listing and
 * add no input.
 */
int assembler_is_pure(const char *words);

/*
 * Whether one of them asks the assembler for debug information of its own,
 * which names the folder where it runs and the file that it is given.
 */
int assembler_notes_paths(const char *words);

#endif
