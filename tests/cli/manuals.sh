#!/bin/bash
# The manuals hold: every example of man/*.1 and of the README's tour runs as
# written, every command and option of a program is in its manual, and the
# pages are clean. Passphrases, which people type, come from files here.
. "$(dirname "$0")/lib.sh"
passphrases
with_passphrase() { # program arguments...: add the files a person would type
	local program=$1 who=root arg previous=
	shift
	for arg in "$@"; do
		case $previous:$arg in
		--as:AD*) who=admin ;;
		--as:OF*) who=drafter ;;
		--as:AP*) who=approver ;;
		esac
		previous=$arg
	done
	case " $* " in
	*" add OF1007 "*) set -- "$@" --new-passphrase-file pass/drafter ;;
	*" add AP2003 "*) set -- "$@" --new-passphrase-file pass/approver ;;
	esac
	case "$program $1" in
	sello-verify* | *" trust" | *" show" | *" program" | *" list") ;;
	*) set -- "$@" --passphrase-file pass/$who ;;
	esac
	case " $* " in # what needs a person at a terminal
	*" approve "*) set -- "$@" --yes ;;
	esac
	command "$program" "$@" </dev/null
}
sello-keys() { with_passphrase sello-keys "$@"; }
sello-issue() { with_passphrase sello-issue "$@"; }
sello-verify() { with_passphrase sello-verify "$@"; }

# --- the README's tour: its indented and fenced commands, step by step -------
# The code blocks after "The same by hand", without the scanner's.
sed -n '/^## The same by hand/,/^## What makes/p' "$SOURCE/README.md" |
    awk '/^```/ { in_block = !in_block; if (!in_block) print "#--"; next } in_block' |
    grep -v '^sello-verify scan' >tour.sh
check "the README has a tour" test "$(grep -c '^sello-' tour.sh)" -ge 12
ln -s "$SOURCE/examples" examples
ln -s "$SOURCE/scripts" scripts
ln -s "$SOURCE/schemas" schemas
step=0
block=
while IFS= read -r line; do
	if [ "$line" = "#--" ]; then
		step=$((step + 1))
		(set -e; eval "$block") >block.out 2>&1 # in no condition: that turns -e off
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
		# the year is today's, and with it the check character
		case $line in *GTGUA01-*-000003-*)
			line=${line%GTGUA01-*}$(basename letters/*-000003-*.xml .xml)
			;;
		esac
		block+="$line"$'\n'
	fi
done <tour.sh
check "the tour made letters" bash -c 'ls letters/*.pdf >/dev/null'
for xml in letters/*.xml; do
	command sello-verify check --home post --json "$xml" >one.json
	check "$(basename "$xml") is good" bash -c 'grep -qE "\"verdict\":\"(valid|attention)\"" one.json'
done

# --- each page's EXAMPLES ------------------------------------------------------
mkdir -p stick
first=$(basename "$(ls letters/*.xml | head -n 1)" .xml)
cp "letters/$first.pdf" page.pdf
cp "letters/$first.xml" letter.xml
# a request that is not certified yet
command sello-issue init --home center2 --center GTGUA02 --name "Second" \
    --country GTM --timezone America/Guatemala --root root/root.crt \
    --as AD0002 --passphrase-file pass/admin >/dev/null
for who in "OF2007 --role drafter" "AP3003 --role approver"; do
	# shellcheck disable=SC2086 # code and role
	command sello-issue officer --home center2 add $who --as AD0002 \
	    --passphrase-file pass/admin --new-passphrase-file pass/new >/dev/null
done
cp center2/request.csr request.csr
cp root/root.crt root.crt
cp pub/trust.xml stick/
examples_of() { # PAGE: the commands of its EXAMPLES, one a line
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh /p' "$1" |
	    sed -n 's/^\.Dl //p; /^sello-/p; /^    --/p' |
	    sed 's/\\e$/\\/' | sed -e ':a' -e '/\\$/N; s/\\\n *//; ta' |
	    sed "s|/media/stick|stick|; s|GTGUA01-2026-000002-J|$first|; s|--home post --root|--home post2 --root|; s|--home root --program|--home root2 --program|"
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
		case $synopsis in
		"") not_ok "$name(1): the synopsis lacks the command $c" ;;
		*"options of check"*) synopsis+=$(synopsis_of check) ;;
		esac
		for option in $(command "$name" help "$c" | sed -n '/^Options:/,/^Options of all/s/^  \(--[a-z-]*\).*/\1/p'); do
			case $text in
			*"$option"*) ;;
			*) not_ok "$name(1) lacks $option of $c" ;;
			esac
			case $synopsis:$option in
			*:*passphrase-file | *"$option"*:*) ;;
			*) not_ok "$name(1): the synopsis lacks $option of $c" ;;
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
