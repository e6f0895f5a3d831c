/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/resolve.h"

#include <stdlib.h>
#include <string.h>

#include <hashtab.h>
#include <libiberty.h>

#include "scan/chain.h"
#include "scan/evaluate.h"
#include "scan/files.h"
#include "scan/walk.h"

struct resolver {
	struct resolve_parts parts;
	htab_t answers;
	struct buf leaf;
};

/* What an answer depends on. */
struct question {
	const struct level *beside;	/* looked for there first; or NULL */
	size_t from;			/* then in the chain from there on */
	const char *name;
	size_t len;
};

struct answer {
	struct folder *dir;	/* of question.beside, or NULL */
	size_t dir_len;
	int is_system;
	size_t from;
	char *name;
	size_t len;
	hashval_t hash;
	struct level found;
};

static hashval_t
hash_question(const struct question *question)
{
	uint64_t hash = question->from * 0x9e3779b97f4a7c15ULL;
	size_t i;

	if (question->beside != NULL)
		hash ^= (uint64_t)(uintptr_t)question->beside->dir *
			0xc2b2ae3d27d4eb4fULL;
	for (i = 0; i < question->len; i++)
		hash = (hash ^ (unsigned char)question->name[i]) *
		       0x100000001b3ULL;
	return (hashval_t)(hash ^ hash >> 32);
}

static hashval_t
hash_answer(const void *member)
{
	const struct answer *answer = member;

	return answer->hash;
}

static int
is_answer(const void *member, const void *wanted)
{
	const struct answer *answer = member;
	const struct question *question = wanted;
	const struct level *beside = question->beside;

	if (answer->from != question->from || answer->len != question->len ||
	    memcmp(answer->name, question->name, question->len) != 0)
		return 0;
	if (beside == NULL)
		return answer->dir == NULL;
	return answer->dir == beside->dir &&
	       answer->dir_len == beside->dir_len &&
	       answer->is_system == beside->is_system;
}

static void
free_answer(void *member)
{
	struct answer *answer = member;

	free(answer->name);
	free(answer);
}

struct resolver *
resolver_new(const struct resolve_parts *parts)
{
	struct resolver *resolver = xcalloc(1, sizeof *resolver);

	resolver->parts = *parts;
	resolver->leaf = (struct buf)BUF_INIT;
	resolver->answers = htab_create(509, hash_answer, is_answer,
					free_answer);
	return resolver;
}

void
resolver_free(struct resolver *resolver)
{
	if (resolver == NULL)
		return;
	htab_delete(resolver->answers);
	buf_clear(&resolver->leaf);
	free(resolver);
}

/*
 * gcc calls a system header by its canonical name where that is shorter than
 * the one by which it was found, and goes on from there. In the private root
 * of a server canonical names are longer, unless they are outside of it:
 * where the choice would be another one there, the name is not certain.
 */
static enum refusal
shorten(struct resolver *resolver, size_t name_len, struct level *found)
{
	const struct file *file = found->file;
	size_t real_len = strlen(file->path);
	int is_there = folders_is_system(resolver->parts.folders,
					 file->entry->in);

	if (!found->is_system || resolver->parts.keeps_names ||
	    resolver->parts.family != FAMILY_GCC)
		return REFUSAL_NONE;
	if (real_len >= name_len) {
		if (found->is_absolute && is_there && !found->is_own &&
		    (real_len > name_len || found->has_links))
			return REFUSAL_NAME;
		return REFUSAL_NONE;
	}
	if (!found->is_absolute && !is_there)
		return REFUSAL_NAME;
	found->dir = file->entry->in;
	found->dir_len = real_len - file->entry->len;
	found->is_absolute = 1;
	found->has_links = 0;
	return REFUSAL_NONE;
}

/* The length of the last component of a name. */
static size_t
base_len(const char *name, size_t len)
{
	size_t base = 0;

	while (base < len && name[len - base - 1] != '/')
		base++;
	return base;
}

/* gcc takes a precompiled header even where there is no other. */
static int
has_precompiled(struct resolver *resolver, const struct place *place,
		const char *name, size_t len)
{
	const struct entry *entry;
	struct buf *leaf = &resolver->leaf;
	size_t base = base_len(name, len);

	if (resolver->parts.family != FAMILY_GCC || place->from == NULL)
		return 0;
	buf_reset(leaf);
	buf_add(leaf, name + len - base, base);
	buf_add_str(leaf, ".gch");
	entry = folders_find(resolver->parts.folders, place->from, leaf->data,
			     leaf->len);
	return entry->kind != ENTRY_MISSING;
}

/*
 * Looks for the name from folder on. found has what is known of that
 * directory, and dir_len of its name's length. Its file stays NULL where
 * there is none.
 */
static enum refusal
try(struct resolver *resolver, struct folder *folder, const char *name,
    size_t len, struct level *found)
{
	const size_t dir_len = found->dir_len;
	struct place place;

	walk_path(resolver->parts.folders, resolver->parts.trail, folder,
		  name, len, &place);
	if (has_precompiled(resolver, &place, name, len))
		return REFUSAL_PCH;
	switch (place.kind) {
	case ENTRY_SPECIAL:
		return REFUSAL_SPECIAL;
	case ENTRY_ERROR:
		return REFUSAL_UNREADABLE;
	case ENTRY_FILE:
		break;
	default:
		return REFUSAL_NONE;
	}
	found->file = files_at(resolver->parts.files, place.entry);
	found->dir = place.from;
	found->dir_len = dir_len + len - base_len(name, len);
	found->has_links |= place.links > 0;
	found->is_borrowed = place.is_borrowed != 0;
	return REFUSAL_NONE;
}

static enum refusal
try_beside(struct resolver *resolver, const struct level *beside,
	   const struct question *question, struct level *found)
{
	*found = (struct level){
		.dir_len = beside->dir_len, .at = FOUND_BESIDE,
		.is_absolute = beside->is_absolute,
		.has_links = beside->has_links,
		.is_system = beside->is_system, .is_own = beside->is_own
	};
	return try(resolver, beside->dir, question->name, question->len,
		   found);
}

static enum refusal
try_chain(struct resolver *resolver, size_t at,
	  const struct question *question, struct level *found)
{
	const struct chain_dir *dir = &resolver->parts.chain->dirs[at];
	enum refusal refusal;

	*found = (struct level){
		.dir_len = dir->len, .at = (int)at,
		.is_absolute = dir->is_absolute != 0,
		.has_links = dir->has_links != 0,
		.is_system = dir->is_system != 0, .is_own = dir->is_own != 0
	};
	refusal = try(resolver, dir->folder, question->name, question->len,
		      found);
	/* Servers have the sysroot, but nothing of ours in it. */
	if (refusal == REFUSAL_NONE && found->file != NULL &&
	    dir->is_rooted &&
	    !folders_is_system(resolver->parts.folders,
			       found->file->entry->in))
		return REFUSAL_OPTION;
	return refusal;
}

static enum refusal
search(struct resolver *resolver, const struct question *question,
       struct level *found)
{
	const struct chain *chain = resolver->parts.chain;
	enum refusal refusal = REFUSAL_NONE;
	size_t i;

	found->file = NULL;
	if (question->beside != NULL)
		refusal = try_beside(resolver, question->beside, question,
				     found);
	for (i = question->from; refusal == REFUSAL_NONE &&
				 found->file == NULL && i < chain->count;
	     i++)
		refusal = try_chain(resolver, i, question, found);
	if (refusal != REFUSAL_NONE || found->file == NULL)
		return refusal;
	return shorten(resolver, found->dir_len +
					 base_len(question->name,
						  question->len),
		       found);
}

static void
remember(struct resolver *resolver, const struct question *question,
	 hashval_t hash, const struct level *found)
{
	struct answer *answer = xcalloc(1, sizeof *answer);
	void **slot = htab_find_slot_with_hash(resolver->answers, question,
					       hash, INSERT);

	if (question->beside != NULL) {
		answer->dir = question->beside->dir;
		answer->dir_len = question->beside->dir_len;
		answer->is_system = question->beside->is_system;
	}
	answer->from = question->from;
	answer->name = xstrndup(question->name, question->len);
	answer->len = question->len;
	answer->hash = hash;
	answer->found = *found;
	*slot = answer;
}

static enum refusal
answer(struct resolver *resolver, const struct question *question,
       struct level *found, struct buf *culprit)
{
	hashval_t hash = hash_question(question);
	const struct answer *known = htab_find_with_hash(resolver->answers,
							 question, hash);
	enum refusal refusal;

	if (known != NULL) {
		*found = known->found;
		return REFUSAL_NONE;
	}
	refusal = search(resolver, question, found);
	if (refusal == REFUSAL_NONE)
		remember(resolver, question, hash, found);
	else
		buf_add(culprit, question->name, question->len);
	return refusal;
}

static enum refusal
find_absolute(struct resolver *resolver, const char *name, size_t len,
	      struct level *found, struct buf *culprit)
{
	enum refusal refusal;

	*found = (struct level){ .at = FOUND_ABSOLUTE, .is_absolute = 1 };
	refusal = try(resolver, resolver->parts.cwd, name, len, found);
	if (refusal != REFUSAL_NONE)
		buf_add(culprit, name, len);
	return refusal;
}

/*
 * In a directive, no option of the server's puts its root in front of such a
 * name: it means the server's own file, which is the same only if none is sent.
 */
static enum refusal
include_absolute(struct resolver *resolver, const struct include_name *name,
		 struct level *found, struct buf *culprit)
{
	enum refusal refusal = find_absolute(resolver, name->text, name->len,
					     found, culprit);

	if (refusal != REFUSAL_NONE ||
	    (found->file != NULL &&
	     folders_is_system(resolver->parts.folders,
			       found->file->entry->in)))
		return refusal;
	buf_add(culprit, name->text, name->len);
	return REFUSAL_ABSOLUTE;
}

/* Where #include_next begins; or else it is as #include. */
static int
skips(struct resolver *resolver, const struct level *level, int is_main)
{
	if (is_main || level->at == FOUND_ABSOLUTE)
		return 0;
	return level->at >= 0 || resolver->parts.family == FAMILY_GCC;
}

enum refusal
resolve_include(struct resolver *resolver, const struct level *level,
		int is_main, const struct include_name *name,
		struct level *found, struct buf *culprit)
{
	struct question question = { NULL, 0, name->text, name->len };

	if (name->text[0] == '/')
		return include_absolute(resolver, name, found, culprit);
	if (name->kind == INCLUDE_NEXT && skips(resolver, level, is_main))
		question.from = (size_t)(level->at + 1);
	else if (name->is_angled)
		question.from = resolver->parts.chain->bracket;
	else
		question.beside = level;
	return answer(resolver, &question, found, culprit);
}

enum refusal
resolve_option(struct resolver *resolver, const char *name,
	       struct level *found, struct buf *culprit)
{
	/* gcc calls that directory "./". */
	const struct level here = {
		.dir = resolver->parts.cwd, .dir_len = 2, .at = FOUND_BESIDE
	};
	struct question question = { &here, 0, name, strlen(name) };

	if (name[0] == '/')
		return find_absolute(resolver, name, question.len, found,
				     culprit);
	return answer(resolver, &question, found, culprit);
}

enum refusal
resolve_source(struct resolver *resolver, const char *name,
	       struct level *found, struct buf *culprit)
{
	enum refusal refusal;

	*found = (struct level){ .at = FOUND_ABSOLUTE,
				 .is_absolute = name[0] == '/' };
	refusal = try(resolver, resolver->parts.cwd, name, strlen(name),
		      found);
	if (refusal == REFUSAL_NONE && found->file == NULL)
		refusal = REFUSAL_MISSING;
	if (refusal != REFUSAL_NONE)
		buf_add_str(culprit, name);
	return refusal;
}
