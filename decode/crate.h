/*
 * crate.h - taking files out of a container, within limits, and saying each as
 * soon as it is there (scan/protocol.h). No pixel is decoded here: who asked
 * hands each file in again, to a process that has seen no other.
 */
#ifndef DECODE_CRATE_H
#define DECODE_CRATE_H

#include "base/bytes.h"
#include "base/err.h"
#include "scan/box.h"

/* bodies of a mail within bodies: ten mails, and parts of each */
#define CRATE_DEPTH_MAX 21
#define CRATE_PART_MAX  1000 /* parts of a mail, also those that are no files */
/* its lines, each again in every body that is looked through for its parts */
#define CRATE_LINE_MAX 20000000
/* entries of a zip: folders and what is passed over, too */
#define CRATE_ENTRY_MAX 20000
/* a file of a zip is no bomb below so many bytes, or times what it is packed */
#define CRATE_RATIO_FROM (4u << 20)
#define CRATE_RATIO_MAX  200

/* Borrowed descriptor; crate_free() the answer. */
struct crate {
	int fd;
	size_t count, bytes; /* said so far, or unpacked for nothing */
	struct bytes answer; /* not yet written */
	enum err bad;        /* the first thing that went wrong, or ERR_OK */
	bool broken;         /* the answer cannot be written */
};

/*
 * crate_add - one more file: a name of whatever bytes, cut to what may be
 * said, and what is in it. False when no more is wanted: a limit is reached,
 * or nobody listens.
 */
bool crate_add(
    struct crate *crate, const struct bytes *name, const struct bytes *data);

/* crate_room - may a file of so many bytes still be added? */
bool crate_room(const struct crate *crate, uint64_t len);

/* crate_waste - so many bytes, for which there was room, were unpacked and are not
 * what they were said to be: others have less room, or a file could have any number
 * of these. */
void crate_waste(struct crate *crate, size_t len);

/* crate_kind - no container, but a document: a word of scan/format.h. */
void crate_kind(struct crate *crate, const char *word);

/* crate_bad - remember the first thing that went wrong. */
void crate_bad(struct crate *crate, enum err why);

void crate_free(struct crate *crate);

/*
 * zip_unpack - the files of a zip: stored and deflated ones. mail_unpack - what
 * is attached to a mail, and texts in it that have a code of ours: RFC 5322,
 * 2045 to 2047, 2183, 2231; mails within mails too, some levels deep, and all those
 * of a mailbox (RFC 4155).
 */
void zip_unpack(const struct bytes *file, struct crate *crate);
void mail_unpack(const struct bytes *file, struct crate *crate);

#endif
