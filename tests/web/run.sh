#!/bin/bash
# run.sh - one test of the pages in a browser, in a world of its own: a root, a
# center with letters, a post that has the log, and papers of all four verdicts.
#
#   BUILD=build bash tests/web/run.sh tests/web/NAME.js
#   NO_BROWSER=1       leave it out; it is counted as skipped
#   CHROMIUM=FILE      another browser than Debian's
#
# It runs in a folder that is gone afterwards, and so is all that the browser
# keeps; pictures stay in BUILD/pictures/NAME. Nothing here needs a network.
test=$(realpath "$1")
name=$(basename "$1" .js)
if [ "${NO_BROWSER:-}" = 1 ]; then
	echo "skip tests/web/$name.js: NO_BROWSER=1 leaves browsers out"
	exit 0
fi
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.sh"
BROWSER=$BUILD/browser # what scripts/browser-deps made
CHROMIUM=${CHROMIUM:-$(command -v chromium || echo /usr/bin/chromium)}

# lacks WHAT WHY: the test fails, and says how to go on
lacks() {
	not_ok "there is $1 ($2)"
	echo "    NO_BROWSER=1 leaves the tests in a browser out."
	done_testing
}
[ -x "$CHROMIUM" ] || lacks chromium "make deps installs it; or name one by CHROMIUM=FILE"
command -v node >/dev/null || lacks node "make deps installs it"
if ! [ -e "$BROWSER/made" ]; then
	lacks playwright-core "$(cat "$BROWSER/why" 2>/dev/null || echo "make browser-deps gets it")"
fi

# What comes to a counter: letters that are good, one that was withdrawn, one that
# a copied disk signed, one of another root, one that was changed, and nonsense.
counter() {
	begin_all && mkdir shown &&
	    "$SOURCE/scripts/fresh-dates" <"$SOURCE/examples/people.csv" >people.csv &&
	    draft people.csv && approve --all --yes --out letters && codes && deliver &&
	    sello-issue withdraw --home center --as AP2003 --passphrase-file pass/approver \
		--reason LOST "$(basename letters/*-000003-*.xml .xml)" &&
	    cp letters/*-000003-*.xml shown/withdrawn.xml &&
	    sed 's|<Surnames>.|<Surnames>W|' letters/*-000001-*.xml >shown/changed.xml &&
	    head -c 4000 /dev/zero | tr '\0' x >shown/nonsense.txt &&
	    thief && stranger
}
codes() {
	local letter
	for letter in letters/*.png; do
		zbarimg --raw -q -Sdisable -Sqrcode.enable "$letter" \
		    >"${letter%.png}.code" 2>/dev/null || return
	done
}
# ... who has a copy of the center's disk. That the center did not sign it is
# known when a log comes that is newer than the letter.
thief() {
	cp -r center copied && issue copied copied.letters 1 &&
	    cp copied.letters/*.xml shown/copied.xml &&
	    { sello-verify check --home post --record shown/copied.xml || [ $? = 1 ]; } &&
	    sleep 1 && close_day center pub &&
	    { sello-verify sync --home post pub || [ $? = 3 ]; } &&
	    sello-verify export --home post --to post.export &&
	    rm -rf copied copied.letters
}
# ... who has a center of the same name, under a root that nobody here knows
stranger() (
	mkdir other && cp -r pass other && cd other || exit
	founding && begin center pub/trust.xml && issue center letters 1 &&
	    cp letters/*.xml ../shown/unknown-center.xml && cd .. && rm -rf other
)
prepared counter
# it publishes to where the world was made first
sqlite3 center/register.db "DELETE FROM log_place"

# The browser and what it starts see a home that is empty, and write there. The
# programs under test get tests/cheap.c back from the test.
mkdir -p home tmp "$BUILD/pictures"
rm -rf "${BUILD:?}/pictures/$name"
mkdir "$BUILD/pictures/$name"
env -u LD_PRELOAD -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS \
    CHEAP="$CHEAP" CHROMIUM="$CHROMIUM" BUILD="$BUILD" PICTURES="$BUILD/pictures/$name" \
    HOME="$PWD/home" XDG_CONFIG_HOME="$PWD/home" XDG_CACHE_HOME="$PWD/home" \
    XDG_RUNTIME_DIR="$PWD/tmp" TMPDIR="$PWD/tmp" NODE_PATH="$BROWSER/node_modules" \
    node "$test" || FAILED=1
done_testing
