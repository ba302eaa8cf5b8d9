#!/bin/bash
# shellcheck shell=bash
# The staff desk's pages by curl: sourced behind lib.sh by tests/cli/serve_issue*.sh,
# which have made a world. The desk runs as $DESK; its pages are at $URL.
C="--home center"

mkfifo link
${DESK_CLOCK-} sello-issue serve $C --no-browser --json --lang en >link 2>serve.err &
DESK=$!
trap 'kill $DESK 2>/dev/null; rm -rf "$TMP"' EXIT
read -r line <link
START=$(printf '%s' "$line" | json url)
URL=${START%/start/*}
# BODY, STATUS of the last request
ask() {
	LD_PRELOAD= curl -s -b jar -c jar -o body -D head -w '%{http_code}' "$@" >status
	STATUS=$(cat status)
	BODY=$(tr -d '\0' <body)
}
get() { ask -H 'Accept: text/html' -H 'Accept-Language: en' "$URL$1"; }
# post PATH [NAME=VALUE]...
post() {
	local path=$1 form=()
	shift
	for pair; do form+=(--data-urlencode "$pair"); done
	[ $# -gt 0 ] || form=(--data '')
	ask -H "X-Sello-Token: $TOKEN" -H 'Accept: application/json' -H 'Accept-Language: en' "${form[@]}" "$URL$path"
}
said() {
	case $BODY in
	*"$2"*) ok "$1" ;;
	*) not_ok "$1: no \"$2\" in: $(printf '%s' "$BODY" | sed -n '/id="said"\|error/p' | head -c 600)" ;;
	esac
}
unsaid() {
	case $BODY in
	*"$2"*) not_ok "$1: \"$2\" is there" ;;
	*) ok "$1" ;;
	esac
}
answers() { if [ "$STATUS" = "$2" ]; then ok "$1"; else
	not_ok "$1: $STATUS, not $2: $(printf '%s' "$BODY" | head -c 400)"
fi; }
sign_in() { post /sign-in "person=$1" "passphrase=$(cat "pass/$2")"; }
# waited COMMAND...: again until a wrong passphrase keeps nobody waiting any more
waited() {
	for _ in $(seq 600); do
		"$@"
		[ "$STATUS" = 409 ] || break
		sleep 0.1
	done
}
# too_soon WHAT SINCE: the last answer says wait; a machine that took the whole
# wait for it (2 s since then) shows nothing
too_soon() {
	if ((SECONDS - $2 < 2)); then answers "$1" 409; else echo "skip $1: the machine is busy"; fi
}

person_form() {
	FORM=(language=es pathway=LCI offerReference=GECCO-2026-00001 requestedAction=APPOINTMENT
		consulate=ES-GTGUA destination=ESP caseReference= "surnames=$1" "givenNames=$2"
		"birthDate=${3:-1990-05-02}" birthDateEstimated= sex=F nationality=GTM identityBasis=DOC
		documentType=I documentCountry=GTM "documentNumber=${4:-3775912345809}" documentNumberTail=
		documentExpiry= dependants= appointmentDate= "validFrom=$(day '1 day ago')" "validUntil=$(day '90 days')")
}
file() { ask -H "X-Sello-Token: $TOKEN" -H 'Accept: application/json' -H 'Content-Type: application/octet-stream' --data-binary @"$1" "$URL/batch/file?name=$1"; }
take_token() { TOKEN=$(sed -n 's/.*name="sello-token" content="\([^"]*\)".*/\1/p' body); }
# comes CODE WORD: the start link, and this person signs in
comes() {
	ask "$START"
	get /
	take_token
	sign_in "$@"
}
desk_ends() {
	kill -TERM $DESK
	wait $DESK
	[ $? = 0 ] && ok "SIGTERM ends it with 0" || not_ok "SIGTERM"
	check "nothing was complained of" test ! -s serve.err
}
