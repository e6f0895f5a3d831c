/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/board.h"

#include <stddef.h>
#include <sys/mman.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

static size_t
bytes_for(int size)
{
	return sizeof(struct board) + (size_t)size * sizeof(struct slot);
}

struct board *
board_open(int size)
{
	struct board *board = mmap(NULL, bytes_for(size),
				   PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (board == MAP_FAILED)
		return NULL;
	board->size = size;
	return board;
}

void
board_close(struct board *board)
{
	munmap(board, bytes_for(board->size));
}

struct slot *
board_find(struct board *board, pid_t worker)
{
	int i;

	for (i = 0; i < board->size; i++) {
		if (board->slots[i].worker == worker)
			return &board->slots[i];
	}
	return NULL;
}
