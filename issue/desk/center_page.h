/*
 * center_page.h - pages about the center itself: what needs doing (home), its
 * people, and publishing.
 */
#ifndef ISSUE_DESK_CENTER_PAGE_H
#define ISSUE_DESK_CENTER_PAGE_H

#include "issue/desk/desk.h"

/* home_page, people_page, publish_page - the whole page, as it is now. */
void home_page(struct turn *turn);
void people_page(struct turn *turn);
void publish_page(struct turn *turn);

/* people_page_act - "add", "reset", "remove" somebody, by an administrator. */
enum err people_page_act(struct turn *turn, struct errtext *err);

/* backup_page - the whole page; backup_page_act - #backup: the home in one file,
 * at #backup-to; in a folder by a name of its own. */
void backup_page(struct turn *turn);
enum err backup_page_act(struct turn *turn, struct errtext *err);

/* publish_page_act - #publish: the log to #publish-to; with close-day a line
 * closes the day first. */
enum err publish_page_act(struct turn *turn, struct errtext *err);

#endif
