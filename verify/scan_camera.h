/*
 * scan_camera.h - sello-verify scan --camera.
 */
#ifndef VERIFY_SCAN_CAMERA_H
#define VERIFY_SCAN_CAMERA_H

#include "verify/session.h"

/* scan_cameras - show which there are. An exit status. */
int scan_cameras(const struct cli *cli);

/* scan_camera - judge what is held before it until the film is at its end, or
 * Ctrl-D is typed. 0, or an exit status whose reason was printed. */
int scan_camera(struct session *session, const char *name, int fps);

#endif
