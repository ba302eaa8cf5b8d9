#!/bin/bash
# scan --camera: a film of JPEGs plays as a camera. A letter that is held on is one
# verdict; what is not seen yet gets a hint; what is no picture is passed by.
. "$(dirname "$0")/lib.sh"
world
issue center out 3 4 >/dev/null
deliver >/dev/null
film() { sello-verify scan --home post --no-record --fps "${FPS:-60}" --camera "$@"; }
# frame NAME LETTER [CONVERT-OPTION...]: a letter's code before a web camera
frame() {
	convert -size 800x600 xc:gray75 \( "${2%.xml}.png" -resize 480x480 \) -gravity center \
	    -composite "${@:3}" -quality 80 "$1.jpg"
}
# times N FRAME: so often one after the other
times() { for _ in $(seq "$1"); do cat "$2.jpg"; done; }
verdicts() { grep -c '"verdict"' <<<"$OUT"; }
is() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1: $3, not $2"; fi; }
one=$(letter out 1) two=$(letter out 2)
frame one "$one"
frame two "$two"
frame dim "$one" -blur 0x9 -evaluate multiply 0.1
frame far "$one" -resize 12% -background gray75 -extent 800x600
frame soft "$one" -blur 0x9
convert -size 800x600 xc:gray75 -quality 80 wall.jpg

times 12 one >steady.mjpeg
exits 0 "a letter that is held" film steady.mjpeg --json
is "... has one verdict" 1 "$(verdicts)"
has "... which is the letter's" '"verdict":"valid"'
has "... and where it came from" '"source":"steady.mjpeg:1"'
exits 0 "... on a screen" film steady.mjpeg
has "... says so" VALID
hasnt "... no tone in a pipe" $'\a'

{ times 8 one; times 8 two; times 8 one; } >both.mjpeg
exits 0 "two letters one after the other" film both.mjpeg --json
is "... are two, the first one is held still" 2 "$(verdicts)"
{ times 3 one; times 40 wall; times 3 one; } >again.mjpeg
FPS=12 exits 0 "gone for three seconds" film again.mjpeg --json
is "... is seen again" 2 "$(verdicts)"

for what in "dim More light." "wall Hold the letter's code before the camera." "soft Hold still." \
    "far Hold the code closer."; do
	times 40 "${what%% *}" >hint.mjpeg
	exits 0 "a film that is ${what%% *}" film hint.mjpeg --json
	is "... gets a word, once" "${what#* }" "$ERR"
	is "... and no verdict" "" "$OUT"
done

# What is no whole picture.
{ times 3 one; head -c 5000 two.jpg; } >cut.mjpeg
exits 0 "a film that is cut off" film cut.mjpeg --json
is "... gives what was whole" 1 "$(verdicts)"
{
	head -c 3000 /dev/urandom
	cat one.jpg
	printf '\xff\xd8\xff\xe0\x00'
	head -c 5000 two.jpg
	cat two.jpg
	head -c 70000 /dev/zero
	cat one.jpg
	printf '\xff\xd8\xff\xdb\xff\xff'
} >garbage.mjpeg
exits 0 "garbage between the pictures" film garbage.mjpeg --json
is "... is passed by" 2 "$(verdicts)"
{
	printf '\xff\xd8\xff\xda\x00\x02'
	head -c 40M /dev/zero
	printf '\xff\xd9'
	times 3 one
} >large.mjpeg
exits 0 "a picture of 40 MiB" film large.mjpeg --json
is "... is passed by" 1 "$(verdicts)"
exits 0 "a film from a pipe" film <(cat steady.mjpeg) --json
is "... is as good" 1 "$(verdicts)"
head -c 100000 /dev/urandom >noise
exits 65 "no film" film noise
has "... is told" "JPEGs one after the other"

exits 66 "no such film" film nowhere.mjpeg
exits 66 "a folder" film out
exits 66 "a device that is no camera" film /dev/null
exits 0 "the cameras there are" film list
FPS=0 exits 64 "no pictures a second" film steady.mjpeg
exits 64 "pictures a second of nothing" sello-verify scan --home post --fps 5

# It records as a scanner does.
exits 0 "a visit" sello-verify scan --home post --camera steady.mjpeg --json
exits 0 "... in another scan" sello-verify scan --home post --camera steady.mjpeg --json
has "... was recorded" R-PRESENTED
# On a terminal the hint is renewed in place, and a verdict rings.
{ times 6 wall; times 4 one; } >come.mjpeg
script -qec "sello-verify scan --home post --no-record --camera come.mjpeg" screen >/dev/null < <(sleep 4)
screen=$(tr -d '\0' <screen)
check "its last verdict stays" grep -q AUTHENTIC <<<"${screen##*$'\033[3J'}"
check "on a terminal a hint is one line" grep -q $'before the camera.\r\033\\[K' screen
check "... and a verdict rings" grep -q $'\a' screen
done_testing
