#!/bin/bash
# The manuals hold: every example of man/*.1, of the README's tour and of the
# handbooks runs as written, every command and option of a program is in
# its manual, and the pages are clean. What people type comes from files here.
. "$(dirname "$0")/lib.sh"
# typed CODE: the file with what this person types now, which lies beside the
# folder that the commands run in
typed() {
	[ -e "$TMP/typed.$1" ] || printf 'the passphrase of %s\n' "$1" >"$TMP/typed.$1"
	echo "$TMP/typed.$1"
}
# by_hand PROGRAM ARGUMENT...: with what people do at the keyboard: they type
# passphrases, a first one for somebody else, a new one, today's date, and yes
by_hand() {
	local program=$1 command=$2 who=root new='' arg previous=
	local -a more=()
	shift
	for arg; do
		case $previous in
		--as) who=$arg ;;
		--second) more+=(--second-passphrase-file "$(typed "$arg")") ;;
		add | reset) new=$(typed "$arg") ;;
		esac
		previous=$arg
	done
	if [ "$command" = passphrase ]; then
		cp "$(typed "$who")" old
		printf 'the own passphrase of %s\n' "$who" >"$(typed "$who")"
		more+=(--passphrase-file old --new-passphrase-file "$(typed "$who")")
	else
		more+=(--passphrase-file "$(typed "$who")")
		[ -z "$new" ] || more+=(--new-passphrase-file "$new")
	fi
	case " $program $* " in
	*" approve "* | *" certify "* | *" person "*) more+=(--yes) ;;
	*" --clock "*) more+=(--confirm-date "$(date -u +%F)") ;;
	esac
	command "$program" "$@" "${more[@]}" </dev/null
}
sello-keys() { by_hand sello-keys "$@"; }
sello-issue() { by_hand sello-issue "$@"; }

# --- the README's tour: its indented and fenced commands, step by step -------
# The code blocks after "The same by hand", without the scanner's, in a checkout
# of which git sees that nothing is left in it.
sed -n '/^## The same by hand/,/^## What makes/p' "$SOURCE/README.md" |
    awk '/^```/ { in_block = !in_block; if (!in_block) print "#--"; next } in_block' |
    grep -v '^sello-verify scan' >tour.sh
check "the README has a tour" test "$(grep -c '^sello-' tour.sh)" -ge 12
mkdir checkout && cd checkout || exit 1
cp "$SOURCE/.gitignore" .
ln -s "$SOURCE/examples" "$SOURCE/scripts" "$SOURCE/schemas" .
left_over() { git -C "$TMP/checkout" ls-files --others --exclude-standard; }
{ git init -q && git add -A; } 2>/dev/null || echo "skip what git sees: no git"
step=0
block=
while IFS= read -r line; do
	if [ "$line" = "#--" ]; then
		step=$((step + 1))
		case $block in
		*"&& cd "*) eval "$block" >/dev/null 2>&1 ;; # where the others run
		*) (set -e; eval "$block") >block.out 2>&1 ;; # in no condition: that turns -e off
		esac
		if [ $? = 0 ]; then
			ok "README, block $step"
		else
			case $block in
			# a letter may well need attention: that is an answer
			*"sello-verify check"*) ok "README, block $step (attention)" ;;
			*)
				not_ok "README, block $step: $block"
				tail -n 5 block.out | sed 's/^/    /'
				;;
			esac
		fi
		block=
	else
		block+="$line"$'\n'
	fi
done <"$TMP/tour.sh"
check "git sees nothing of the tour" test -z "$(left_over 2>/dev/null)"
check "... which was in a folder of its own" test "$PWD" != "$TMP/checkout"
# the next parts have the same places at hand
ln -s "$SOURCE/examples" "$SOURCE/scripts" "$SOURCE/schemas" .
check "the tour made letters" bash -c 'ls letters/*.pdf >/dev/null'
for xml in letters/*.xml; do
	command sello-verify check --home post --json "$xml" >one.json
	check "$(basename "$xml") is good" bash -c 'grep -qE "\"verdict\":\"(valid|attention)\"" one.json'
done

# Nobody needs to believe us, five years later either: the block of public tools,
# when the center's certificate has ended.
if other_clock "the public tools' clock"; then
	awk '/^#--/ { if (block ~ /attime/) printf "%s", block; block = ""; next }
	    { block = block $0 "\n" }' "$TMP/tour.sh" | grep -v '^sello-' >public.sh
	exits 0 "the public check, five years later" faketime -f +5y bash -e public.sh
	check "... of each letter" test "$(grep -c ': OK$' <<<"$OUT")" = "$(ls letters/*.xml | wc -l)"
	check "... and without the letter's day it does not hold" bash -c '
		! faketime -f +5y openssl verify -CAfile root/root.crt certs/*.crt'
fi

# --- the handbook: its commands in order, with what happens between them ---------
# heard: the root hears the persons of C
heard() {
	sello-issue passphrase --home C --as AP2003
	sello-keys certify --home root C/request.csr
	sello-keys publish --home root --to .
}
founded_anew() {
	sello-issue publish --home C --to stick
	rm -rf C
	sello-issue init --home C --center GTGUA01 --name "Centro Guatemala" --country GTM \
	    --timezone America/Guatemala --hotline +50212345678 --root root.crt --as AD0001
	sello-issue officer --home C add OF1007 --role drafter --as AD0001
	sello-issue passphrase --home C --as OF1007
	sello-issue officer --home C add AP2003 --role approver --as AD0001
	sleep 1 # heard in a later second than OF1007 was removed, or it does not count
	heard
	sello-issue trust --home C trust.xml
}
# between COMMAND: what the text around it says that people did
between() {
	case $1 in
	*" trust "*AD0001*) # everybody has a passphrase of their own, and was heard
		sello-issue passphrase --home C --as AP2004
		heard
		;;
	*" publish "*) sello-issue approve --home C --as AP2003 --all --out letters ;;
	*" correct "*) sed '1p;2!d;s,Candelaria,Candela,' people.csv >row.csv ;;
	*" withdraw "*) sello-issue approve --home C --as AP2003 --all --out letters ;;
	*" recover "*--from*)
		if [ -e C.sello ]; then
			founded_anew
			return
		fi # else the computer died
		sello-issue backup --home C --to C.sello
		sello-issue publish --home C --to stick
		rm -rf C
		sello-issue restore --home C --as AP2003 C.sello
		;;
	esac
}
mkdir handbook
(
	cd handbook || exit
	sello-keys init --home root --program RRP-ES --name "Regional Referral Program"
	sello-keys program --home root ../examples/program.ini
	cp root/root.crt .
	cp ../people.csv .
) >/dev/null
while IFS= read -r line; do
	case $line in
	*" correct "*) letter=1 ;;
	*) letter=2 ;;
	esac
	(
		cd handbook || exit
		between "$line" >between.out 2>&1
		line=${line//\/media\//}
		line=${line/ --as AP2003 FILE/ --as AP2003 C.sello}
		[[ $line != *NUMBER* ]] || line=${line/NUMBER/$(basename letters/*-00000$letter-*.xml .xml)}
		eval "$line"
	) >block.out 2>&1
	rc=$?
	if [ $rc = 0 ]; then ok "handbook: $line"; else
		not_ok "handbook: exit $rc: $line"
		tail -n 5 handbook/between.out block.out | sed 's/^/    /'
	fi
	n=$((${n:-0} + 1))
done < <(sed -n 's/^ \{4,\}//p' "$SOURCE/docs/handbook-center.md" |
    sed -e ':a' -e '/\\$/N; s/\\\n *//; ta' | grep '^sello-')
check "the handbook has its commands" test "${n:-0}" -ge 15
check "its center is in order" command sello-issue check --home handbook/C

# --- the other handbooks: a post of its own; the auditor, who may find a question;
# the custodian
mkdir request && cp center/request.csr post/request.txt request/
cp examples/program.ini .
cp letters/*-000001-*.pdf letter.pdf
cp letters/*-000001-*.xml letter.xml
printf '[GTGUA01]\nhours = Mon-Sun 00:00-24:00\n' >calendar.txt
while IFS= read -r line; do
	command=${line// root.crt/ root/root.crt}
	[[ $line != sello-keys* ]] || command=${command/ PUB/ listed}
	command=${command//\/media\/stick/pub}
	command=${command/NUMBER/$(basename letters/*-000001-*.xml .xml)}
	command=${command/other.txt/report.txt}
	command=${command/ PUB/ pub}
	command=${command/ request./ request/request.}
	command=${command// checkpoint/ pub/log/GTGUA01/1/checkpoint}
	command=${command/KEYID/$(basename certs/*.crt .crt)}
	[[ $line != *" TIME "* ]] || sleep 1 # a theft is later than the head before it
	command=${command/ TIME/ $(date -u +%FT%TZ)}
	want="0 or 0"
	case $line in
	*" number "*) want="2 or 2" ;; # a number alone proves nothing
	sello-audit*) want="0 or 1" ;;
	*" certify "*) want="0 or 73" ;; # these are certified
	*--unused*) want="77 or 77" ;; # and this log has lines
	sello-verify*--clock*) command+=" --confirm-date $(date -u +%F)" ;;
	esac
	(eval "$command") >block.out 2>&1 </dev/null
	rc=$?
	if [[ " $want " == *" $rc "* ]]; then ok "handbook: $line"; else
		not_ok "handbook: exit $rc, not $want: $line"
		tail -n 5 block.out | sed 's/^/    /'
	fi
	# the custodian's root is from here on this one, which certified the center
	[[ $line != *" init --home R "* ]] || { rm -r R && cp -r root R; }
done < <(sed -n 's/^ \{4,\}//p' "$SOURCE"/docs/handbook-{consulate,audit,root}.md |
    sed -e ':a' -e '/\\$/N; s/\\\n *//; ta' | grep '^sello-')
check "a post takes the custodian's last list" command sello-verify sync --home post listed

# --- each page's EXAMPLES ------------------------------------------------------
mkdir -p stick
first=$(basename "$(ls letters/*.xml | head -n 1)" .xml)
cp "letters/$first.pdf" page.pdf
cp "letters/$first.xml" letter.xml
# a request that is not certified yet
{
	sello-issue init --home center2 --center GTGUA02 --name "Second" \
	    --country GTM --timezone America/Guatemala --root root/root.crt --as AD0002
	for who in "OF2007 --role drafter" "AP3003 --role approver"; do
		# shellcheck disable=SC2086 # code and role
		sello-issue officer --home center2 add $who --as AD0002
		sello-issue passphrase --home center2 --as "${who%% *}"
	done
} >/dev/null
cp center2/request.csr request.csr
cp root/root.crt root.crt
cp pub/trust.xml stick/
# pages are served until somebody ends it, once the link stands
serving() {
	local pid rc
	"$@" --no-browser >serving.out 2>&1 &
	pid=$!
	while kill -0 "$pid" 2>/dev/null && ! grep -q http:// serving.out; do
		sleep 0.05
	done
	kill -TERM "$pid" 2>/dev/null
	wait "$pid"
	rc=$?
	cat serving.out
	return "$rc"
}
examples_of() { # PAGE: the commands of its EXAMPLES, one a line
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh /p' "$1" |
	    sed -n 's/^\.Dl //; /^sello-/p; /^    --/p' |
	    sed 's/\\e$/\\/' | sed -e ':a' -e '/\\$/N; s/\\\n *//; ta' |
	    sed "s|/media/stick|stick|; s|GTGUA01-2026-000002-J|$first|; s|--home post --root|--home post2 --root|; s|--home root --program|--home root2 --program|; s|^sello-[a-z]* serve|serving &|"
}
for page in "$SOURCE"/man/*.1; do
	name=$(basename "$page" .1)
	n=0
	while IFS= read -r command; do
		n=$((n + 1))
		# letters were signed above, drafting the same people again warns
		eval "$command" >example.out 2>&1
		rc=$?
		case $rc in
		0 | 1) ok "$name(1): $command" ;;
		*)
			not_ok "$name(1): exit $rc: $command"
			tail -n 3 example.out | sed 's/^/    /'
			;;
		esac
	done < <(examples_of "$page")
	check "$name(1) has examples" test "$n" -ge 2
	check "$name(1) is clean" bash -c '
		! mandoc -Tlint -W style "$1" 2>&1 | grep -vE "referenced manual not found|outdated mandoc.db"' _ "$page"
	# every command and option that --help knows stands in the page, and in
	# the command's own lines of the synopsis (but files of passphrases)
	text=$(mandoc -Tutf8 "$page" | sed 's|.\x08||g')
	synopsis_of() { # COMMAND
		awk -v name="$name" '/^DESCRIPTION/ { exit }
		    $1 == name { on = $2 == command } on' command="$1" <<<"$text"
	}
	script=$(command "$name" completion bash)
	for c in $(command "$name" --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p'); do
		case $c in help | completion) continue ;; esac
		synopsis=$(synopsis_of "$c")
		help=$(command "$name" help "$c")
		usage=$(sed -n '/^Usage:/,/^$/p' <<<"$help")
		grep -qE "^\.It Cm (.* , )?$c( |$)" "$page" ||
		    not_ok "$name(1) has no item for the command $c"
		grep -qE "$name $c\b" "$SOURCE"/docs/handbook-*.md ||
		    not_ok "no handbook has the command $name $c"
		case $synopsis in
		"") not_ok "$name(1): the synopsis lacks the command $c" ;;
		*"options of check"*) synopsis+=$(synopsis_of check) ;;
		esac
		given=$(tr '\n' ' ' <<<"$synopsis" | sed 's/\[[^]]*\]//g')
		for option in $(sed -n '/^Options:/,/^Options of all/s/^  \(--[a-z-]*\).*/\1/p' <<<"$help"); do
			case $text in
			*"$option"*) ;;
			*) not_ok "$name(1) lacks $option of $c" ;;
			esac
			case $synopsis:$option in
			*:*passphrase-file | *"$option"*:*) ;;
			*) not_ok "$name(1): the synopsis lacks $option of $c" ;;
			esac
			# what must be given stands without brackets
			case "$usage " in
			*"$option "*)
				case $given in
				*"$option"*) ;;
				*) not_ok "$name(1): the synopsis lets $option of $c be left out" ;;
				esac ;;
			esac
			case $script in
			*"$option"*) ;;
			*) not_ok "completion of $name lacks $option of $c" ;;
			esac
		done
	done
	ok "$name(1) was compared with its --help"
done
done_testing
