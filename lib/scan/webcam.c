/*
 * webcam.c - webcam.h: https://docs.kernel.org/userspace-api/media/v4l/, capture
 * by memory that is shared with the kernel.
 */
#include "scan/webcam.h"

#include "base/i18n.h"
#include "scan/film.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define WIDTH      1280
#define HEIGHT     720
#define BUFFERS    4
#define DEVICE_MAX 64

struct webcam {
	int fd;
	struct v4l2_pix_format format;
	unsigned step; /* webcam_gray(); 0: JPEG */
	struct {
		void *at;
		size_t len;
	} buffer[BUFFERS];
	uint32_t count;
};

/* What is known here, the smallest to carry first. */
static const struct kind {
	uint32_t format;
	unsigned step;
} kinds[] = {
	{ V4L2_PIX_FMT_MJPEG, 0 },
	{ V4L2_PIX_FMT_JPEG, 0 },
	{ V4L2_PIX_FMT_GREY, 1 },
	{ V4L2_PIX_FMT_YUYV, 2 },
};

static int
ask(int fd, unsigned long what, void *arg)
{
	int done;

	do
		done = ioctl(fd, what, arg);
	while (done < 0 && errno == EINTR);
	return done;
}

static int
open_device(const char *path)
{
	struct stat what;

	if (stat(path, &what) != 0)
		return -1;
	if (!S_ISCHR(what.st_mode)) {
		errno = ENOENT;
		return -1;
	}
	return open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

static bool
captures(int fd, char name[WEBCAM_NAME_SIZE])
{
	const uint32_t needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
	struct v4l2_capability can = { .capabilities = 0 };
	uint32_t caps;

	if (ask(fd, VIDIOC_QUERYCAP, &can) != 0)
		return false;
	snprintf(name, WEBCAM_NAME_SIZE, "%.*s", (int)sizeof(can.card) - 1,
	    (const char *)can.card);
	caps = (can.capabilities & V4L2_CAP_DEVICE_CAPS) != 0
	    ? can.device_caps
	    : can.capabilities;
	return (caps & needed) == needed;
}

bool
webcam_is(const char *path, char name[WEBCAM_NAME_SIZE])
{
	int fd = open_device(path);
	bool is;

	name[0] = '\0';
	if (fd < 0)
		return false;
	is = captures(fd, name);
	close(fd);
	return is;
}

void
webcam_list(
    void (*tell)(const char *path, const char *name, void *arg), void *arg)
{
	char path[32], name[WEBCAM_NAME_SIZE];
	int i;

	for (i = 0; i < DEVICE_MAX; i++) {
		snprintf(path, sizeof(path), "/dev/video%d", i);
		if (webcam_is(path, name))
			tell(path, name, arg);
	}
}

/* Drivers take the nearest size they have, and may change the kind. */
static bool
choose(struct webcam *webcam, const struct kind *kind)
{
	struct v4l2_format format = { .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };

	format.fmt.pix.width = WIDTH;
	format.fmt.pix.height = HEIGHT;
	format.fmt.pix.pixelformat = kind->format;
	format.fmt.pix.field = V4L2_FIELD_ANY;
	if (ask(webcam->fd, VIDIOC_S_FMT, &format) != 0 ||
	    format.fmt.pix.pixelformat != kind->format)
		return false;
	webcam->format = format.fmt.pix;
	webcam->step = kind->step;
	return true;
}

static bool
choose_any(struct webcam *webcam)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (choose(webcam, &kinds[i]))
			return true;
	return false;
}

static struct v4l2_buffer
buffer_of(uint32_t index)
{
	return (struct v4l2_buffer){ .index = index,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP };
}

static bool
share(struct webcam *webcam, uint32_t index)
{
	struct v4l2_buffer buffer = buffer_of(index);
	void *at;

	if (ask(webcam->fd, VIDIOC_QUERYBUF, &buffer) != 0)
		return false;
	at = mmap(NULL, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED,
	    webcam->fd, (off_t)buffer.m.offset);
	if (at == MAP_FAILED)
		return false;
	webcam->buffer[index].at = at;
	webcam->buffer[index].len = buffer.length;
	webcam->count++;
	return ask(webcam->fd, VIDIOC_QBUF, &buffer) == 0;
}

static bool
start(struct webcam *webcam)
{
	struct v4l2_requestbuffers wanted = { .count = BUFFERS,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP };
	int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	uint32_t i;

	if (ask(webcam->fd, VIDIOC_REQBUFS, &wanted) != 0 || wanted.count == 0)
		return false;
	for (i = 0; i < wanted.count && i < BUFFERS; i++)
		if (!share(webcam, i))
			return false;
	return ask(webcam->fd, VIDIOC_STREAMON, &type) == 0;
}

static enum err
prepare(struct webcam *webcam, const char *path, struct errtext *err)
{
	char name[WEBCAM_NAME_SIZE];

	if ((webcam->fd = open_device(path)) < 0)
		return err_set(err,
		    errno == EBUSY                          ? ERR_BUSY
			: errno == ENOENT || errno == ENXIO ? ERR_NOT_FOUND
							    : ERR_IO,
		    "%s: %s", path, strerror(errno));
	if (!captures(webcam->fd, name))
		return err_set(
		    err, ERR_NOT_FOUND, _("%s: no camera, and no film"), path);
	if (choose_any(webcam) && start(webcam))
		return ERR_OK;
	if (errno == EBUSY)
		return err_set(err, ERR_BUSY,
		    _("%s: another program uses the camera; close it"), path);
	return err_set(err, ERR_IO,
	    _("%s: this camera gives no picture that can be read here"), path);
}

enum err
webcam_open(const char *path, struct webcam **out, struct errtext *err)
{
	struct webcam *webcam = calloc(1, sizeof(*webcam));
	enum err rc;

	if (webcam == NULL)
		return err_memory(err);
	if ((rc = prepare(webcam, path, err)) != ERR_OK) {
		webcam_close(&webcam);
		return rc;
	}
	*out = webcam;
	return ERR_OK;
}

void
webcam_close(struct webcam **webcam)
{
	struct webcam *w = *webcam;
	uint32_t i;

	if (w == NULL)
		return;
	for (i = 0; i < w->count; i++)
		munmap(w->buffer[i].at, w->buffer[i].len);
	if (w->fd >= 0)
		close(w->fd); /* which stops it */
	free(w);
	*webcam = NULL;
}

bool
webcam_gray(const struct bytes *data, uint32_t width, uint32_t height,
    uint32_t row, unsigned step, struct bytes *out)
{
	uint32_t x, y;
	uint8_t *at;

	if (width == 0 || height == 0 || width > WEBCAM_SIDE_MAX ||
	    height > WEBCAM_SIDE_MAX || row < width * step ||
	    data->len < (size_t)row * height)
		return false;
	bytes_addf(out, "P5 %u %u 255\n", width, height);
	at = bytes_reserve(out, (size_t)width * height);
	if (at == NULL)
		return false;
	for (y = 0; y < height; y++)
		for (x = 0; x < width; x++)
			*at++ = data->at[(size_t)y * row + (size_t)x * step];
	out->len += (size_t)width * height;
	return true;
}

/* From the shared memory into our own. */
static bool
take(const struct webcam *webcam, const struct v4l2_buffer *buffer,
    struct bytes *out)
{
	const struct v4l2_pix_format *f = &webcam->format;
	struct bytes data = { .at = webcam->buffer[buffer->index].at,
		.len = buffer->bytesused };

	bytes_reset(out);
	if ((buffer->flags & V4L2_BUF_FLAG_ERROR) != 0 ||
	    data.len > webcam->buffer[buffer->index].len ||
	    data.len > FILM_FRAME_MAX)
		return false;
	if (webcam->step > 0)
		return webcam_gray(&data, f->width, f->height, f->bytesperline,
		    webcam->step, out);
	bytes_add(out, data.at, data.len);
	return data.len > 0 && !out->failed;
}

/* All that are ready, so that the last one is the newest. */
static enum err
take_newest(struct webcam *webcam, struct bytes *out, struct errtext *err)
{
	bool any = false;

	for (;;) {
		struct v4l2_buffer buffer = buffer_of(0);

		if (ask(webcam->fd, VIDIOC_DQBUF, &buffer) != 0)
			break;
		if (buffer.index < webcam->count)
			any = take(webcam, &buffer, out);
		if (ask(webcam->fd, VIDIOC_QBUF, &buffer) != 0)
			break;
	}
	if (errno != EAGAIN)
		return err_set(err, ERR_IO, "%s", strerror(errno));
	return any ? ERR_OK : ERR_BUSY;
}

enum err
webcam_next(struct webcam *webcam, int timeout_ms, struct bytes *out,
    struct errtext *err)
{
	struct pollfd wait = { .fd = webcam->fd, .events = POLLIN };
	int ready = poll(&wait, 1, timeout_ms);

	bytes_reset(out);
	if (ready <= 0)
		return ERR_BUSY;
	if ((wait.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
		return err_set(err, ERR_IO, "%s", strerror(ENODEV));
	return take_newest(webcam, out, err);
}
