#!/bin/bash
# What a post knows counts where it cannot write, and a post that lost what it
# knew gives no green: a grey or amber paper must not turn green.
. "$(dirname "$0")/lib.sh"
if [ "$(id -u)" != 0 ] || ! command -v setpriv >/dev/null; then
	echo "skip read-only homes: not root, or no setpriv"
	exit 0
fi
world
{ echo "$HEADER"; person 1 "Pop Cucul" "Elvira"; } >people.csv
draft people.csv >/dev/null 2>&1
approve --all --yes --out letters >/dev/null 2>&1
deliver >/dev/null
letter=$(ls letters/*.xml)
cp -r post lost
cp -r post garbage
exits 0 "record" verify --record "$letter"
cp -r post other
chmod -R a+rX "$TMP" post letters pub && chmod -R go= lost garbage other
chmod -R a-w post
# the build may lie where another user cannot go
mkdir -m 755 bin && cp "$BUILD/sello-verify" "$BUILD/sello-decode" bin/
nobody() { setpriv --reuid=65534 --clear-groups --inh-caps=-all --bounding-set=-all "$@"; }
exits 1 "a home that cannot be written" nobody bin/sello-verify check --home post --json "$letter"
has "... still knows what was shown" R-PRESENTED
has "... and says that it cannot remember" "remembered"
exits 74 "... and cannot record" nobody bin/sello-verify check --home post --record "$letter"
# A counter remembers again when it may write again.
mkfifo codes
cp -a post counter && chmod -R go= counter && chown -R nobody counter
zbarimg -q --raw letters/*.png >code 2>/dev/null
nobody bin/sello-verify scan --home counter <codes >scan.out 2>&1 &
exec 9>codes
cat code >&9
until grep -q "could not be recorded" scan.out; do sleep 0.1; done
chmod -R u+w counter
cat code >&9
exec 9>&-
wait $!
status=$?
check "a counter that may write again" test "$status" = 74
check "... records" grep -q "This visit is recorded" scan.out
exits 0 "... status" nobody bin/sello-verify status --home post --json
has "... counts what was shown" '"presentations":1'
if other_clock "the highest clock"; then
	exits 1 "a clock that ran ahead" faketime -f +20d sello-verify check --home other "$letter"
	chmod -R a+rX other && chmod -R a-w other
	exits 2 "... is known without writing" nobody bin/sello-verify check --home other --json "$letter"
	has "... U-CLOCK" U-CLOCK
fi
rm lost/post.db*
exits 2 "a lost database gives no green" sello-verify check --home lost --json "$letter"
has "... U-SELFTEST" U-SELFTEST
exits 2 "... and status says so" sello-verify status --home lost
head -c 20480 /dev/urandom >garbage/post.db
exits 2 "a damaged database gives no green" sello-verify check --home garbage --json "$letter"
has "... U-SELFTEST" U-SELFTEST
done_testing
