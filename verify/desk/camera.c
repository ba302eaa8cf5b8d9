/*
 * camera.c - camera.h.
 */
#include "verify/desk/camera.h"

#include "base/i18n.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>
#include <time.h>

#define HELD_MS 3000 /* a hand that shakes hides a code so long */

static const struct camera_hint hints[] = {
	{ HINT_NO_CODE, N_("Hold the letter's code before the camera.") },
	{ HINT_TOO_SMALL, N_("Hold the code closer.") },
	{ HINT_BLURRED, N_("Hold still.") },
	{ HINT_DARK, N_("More light.") },
	{ HINT_GLARE, N_("Tilt the letter: it reflects the light.") },
	{ HINT_CUT_OFF, N_("Show the whole code.") },
	{ HINT_DAMAGED, N_("Hold the letter flat.") },
};

static const struct camera_hint broken = { HINT_NONE,
	N_("Pictures cannot be read now. Use the scanner, or start this "
	   "program again.") };

const char *
camera_hint_name(const struct camera_hint *hint)
{
	return hint->hint == HINT_NONE ? "no-reader"
				       : scan_hint_name(hint->hint);
}

static const struct camera_hint *
hint_of(enum scan_hint hint)
{
	size_t i;

	for (i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
		if (hints[i].hint == hint)
			return &hints[i];
	return &hints[0];
}

static int64_t
now_ms(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool
ask(struct camera *camera, const uint8_t *pgm, size_t len,
    struct decoder_question *question)
{
	if (camera->decoder == NULL &&
	    decoder_new(&camera->decoder, NULL) != ERR_OK)
		return false;
	if (decoder_ask(camera->decoder, pgm, len, question, NULL) == ERR_OK)
		return true;
	decoder_free(&camera->decoder); /* it died: another one */
	return decoder_new(&camera->decoder, NULL) == ERR_OK &&
	    decoder_ask(camera->decoder, pgm, len, question, NULL) == ERR_OK;
}

static bool
digest_of(const struct scan_result *found, uint8_t out[32])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool done =
	    ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1;
	size_t i;

	for (i = 0; done && i < found->count; i++)
		done = EVP_DigestUpdate(ctx, found->item[i].data.at,
			   found->item[i].data.len) == 1;
	done = done && EVP_DigestFinal_ex(ctx, out, NULL) == 1;
	EVP_MD_CTX_free(ctx);
	return done;
}

/* Is it what was held a moment ago? It is held from now on. */
static bool
hold(struct camera *camera, const struct scan_result *found)
{
	uint8_t digest[32] = { 0 };
	bool same = digest_of(found, digest) && camera->holding &&
	    memcmp(digest, camera->held, sizeof(digest)) == 0;

	memcpy(camera->held, digest, sizeof(digest));
	camera->holding = true;
	camera->seen_ms = now_ms();
	return same;
}

enum camera_sight
camera_look(struct camera *camera, const uint8_t *pgm, size_t len,
    struct scan_result *found, const struct camera_hint **hint)
{
	struct decoder_question question = { 0 };

	*hint = &broken;
	if (!ask(camera, pgm, len, &question))
		return CAMERA_HINT;
	if (decoder_answer(&question, found, NULL) == ERR_OK &&
	    found->count > 0) {
		*hint = NULL;
		if (!hold(camera, found))
			return CAMERA_NEW;
		scan_clear(found);
		return CAMERA_HELD;
	}
	if (camera->holding && now_ms() - camera->seen_ms < HELD_MS) {
		*hint = NULL;
		return CAMERA_HELD;
	}
	camera_let_go(camera);
	*hint = hint_of(found->hint);
	return CAMERA_HINT;
}

void
camera_let_go(struct camera *camera)
{
	camera->holding = false;
	OPENSSL_cleanse(camera->held, sizeof(camera->held));
}

void
camera_close(struct camera *camera)
{
	decoder_free(&camera->decoder);
	camera_let_go(camera);
}
