/*
 * keys.c - keys.h.
 */
#include "verify/keys.h"

#include "base/i18n.h"
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const struct {
	int64_t baud;
	speed_t speed;
} speeds[] = {
	{ 1200, B1200 },
	{ 2400, B2400 },
	{ 4800, B4800 },
	{ 9600, B9600 },
	{ 19200, B19200 },
	{ 38400, B38400 },
	{ 57600, B57600 },
	{ 115200, B115200 },
};

static bool
find_speed(int64_t baud, speed_t *speed)
{
	size_t i;

	for (i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++)
		if (speeds[i].baud == baud) {
			*speed = speeds[i].speed;
			return true;
		}
	return false;
}

bool
keys_is_baud(int64_t baud)
{
	speed_t speed;

	return find_speed(baud, &speed);
}

bool
keys_begin(int fd, struct keys *keys)
{
	struct termios raw;

	keys->fd = fd;
	if (tcgetattr(fd, &keys->before) != 0)
		return false;
	raw = keys->before;
	raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP | IXON);
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHOCTL | IEXTEN);
	raw.c_cc[VINTR] = _POSIX_VDISABLE;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	process_hold(&keys->signals);
	if (tcsetattr(fd, TCSANOW, &raw) == 0)
		return true;
	process_let(&keys->signals);
	return false;
}

void
keys_end(const struct keys *keys)
{
	tcsetattr(keys->fd, TCSANOW, &keys->before);
	process_let(&keys->signals);
}

static bool
set_serial(int fd, int64_t baud)
{
	struct termios raw;
	speed_t speed = B9600;

	if (!find_speed(baud, &speed) || tcgetattr(fd, &raw) != 0)
		return false;
	cfmakeraw(&raw);
	raw.c_cflag &= ~(tcflag_t)(CSTOPB | PARENB | CRTSCTS);
	raw.c_cflag |= CREAD | CLOCAL;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	return cfsetispeed(&raw, speed) == 0 && cfsetospeed(&raw, speed) == 0 &&
	    tcsetattr(fd, TCSANOW, &raw) == 0 && fcntl(fd, F_SETFL, 0) == 0;
}

enum err
keys_serial(const char *path, int64_t baud, int *out, struct errtext *err)
{
	/* without waiting for a modem's carrier */
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	bool there = fd >= 0 && isatty(fd);
	enum err rc = ERR_NOT_FOUND;

	if (there && set_serial(fd, baud)) {
		(void)ioctl(fd, TIOCEXCL);
		*out = fd;
		return ERR_OK;
	}
	if (fd < 0 && errno != ENOENT && errno != ENXIO && errno != ENODEV &&
	    errno != EISDIR)
		rc = errno == EBUSY ? ERR_BUSY : ERR_IO;
	if (fd < 0)
		err_set(err, rc, "%s: %s", path, strerror(errno));
	else
		err_set(err, rc, _("%s: this is no serial device"), path);
	if (fd >= 0)
		close(fd);
	return rc;
}
