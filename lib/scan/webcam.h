/*
 * webcam.h - a camera of this computer, as the kernel gives it (Video4Linux 2):
 * its newest picture, as gray or as JPEG. No picture is decoded here; a gray one
 * is made of a color one by leaving the color out.
 */
#ifndef SCAN_WEBCAM_H
#define SCAN_WEBCAM_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct webcam; /* opaque */

/* webcam_is - is it a camera? Opens it, and starts nothing. name: what it calls
 * itself, or "": a stranger's words. */
#define WEBCAM_NAME_SIZE 32
bool webcam_is(const char *path, char name[WEBCAM_NAME_SIZE]);

/* webcam_list - tell() for each camera below /dev, by number. */
void webcam_list(
    void (*tell)(const char *path, const char *name, void *arg), void *arg);

/*
 * webcam_open - start it, at about 1280 x 720.
 *
 * ERR_OK, ERR_NOT_FOUND (no such device, or no camera), ERR_BUSY (another
 * program has it), ERR_IO (it gives none of the pictures that are known here),
 * ERR_MEMORY. webcam_close takes NULL.
 */
enum err webcam_open(
    const char *path, struct webcam **out, struct errtext *err);
void webcam_close(struct webcam **webcam);

/*
 * webcam_next - the newest picture, into out, which is emptied first: a JPEG, or
 * a PGM as scan/decoder.h takes it.
 *
 * ERR_OK; ERR_BUSY: none came within timeout_ms, or it was not whole; ERR_IO: the
 * camera is gone.
 */
enum err webcam_next(struct webcam *webcam, int timeout_ms, struct bytes *out,
    struct errtext *err);

/*
 * webcam_gray - append a PGM, of the first of every `step` bytes of each row: 1
 * of gray, 2 of YUYV.
 *
 *   row  bytes from one row to the next
 *
 * False, nothing appended, when data has less than the rows or a side is 0 or
 * more than WEBCAM_SIDE_MAX.
 */
#define WEBCAM_SIDE_MAX 8192
bool webcam_gray(const struct bytes *data, uint32_t width, uint32_t height,
    uint32_t row, unsigned step, struct bytes *out);

#endif
