/*
 * pace.h - how fast this machine is, beside the one on which times were measured.
 * What cannot be counted is timed (deadline.h), and an honest file may take five
 * times as long on an old computer.
 */
#ifndef DECODE_PACE_H
#define DECODE_PACE_H

/*
 * pace - so many times as long as there it takes here, as measured now: from 1 up to
 * PACE_MOST. Costs a millisecond there.
 */
double pace(void);

#define PACE_MOST 10.0

#endif
