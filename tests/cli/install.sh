#!/bin/bash
# What `make install` puts down works from there: programs, decoder, messages,
# manuals, completion; nothing points back into the source tree.
. "$(dirname "$0")/lib.sh"
check "make install" make -s -C "$SOURCE" BUILD="$BUILD" install DESTDIR="$TMP/a root" PREFIX="/opt/our programs"
installed="$TMP/a root/opt/our programs"
bin=$installed/bin
for tool in sello-keys sello-issue sello-verify sello-audit; do
	check "$tool runs" "$bin/$tool" --version
	check "$tool speaks Spanish" bash -c '
		! cmp -s <("$1" --lang es --help) <("$1" --lang en --help)' _ "$bin/$tool"
	check "$tool has its manual" test -s "$installed/share/man/man1/$tool.1"
	check "... in Spanish, too" grep -q '^.Sh NOMBRE' "$installed/share/man/es/man1/$tool.1"
	check "$tool completes in bash" bash -n "$installed/share/bash-completion/completions/$tool"
done
check "the handbooks, in Spanish too" test -s "$installed/share/doc/sello/handbook-center.md" \
    -a -s "$installed/share/doc/sello/es/handbook-center.md"
pictures_of() { # PAGE: each picture that it shows lies where it says
	local page=$installed/share/doc/sello/$1 picture
	while IFS= read -r picture; do
		test -s "${page%/*}/$picture" || return 1
	done < <(grep -o 'src="[^"]*"' "$page" | cut -d '"' -f 2 | grep . || echo none)
}
for guide in officer staff auditor; do
	check "the $guide's guide, with its pictures" pictures_of "guide-$guide.md"
	check "... in Spanish, too" pictures_of "es/guide-$guide.md"
done
# units of a person's session, and what starts them in a menu
for tool in sello-verify sello-issue sello-audit; do
	unit=$installed/lib/systemd/user/$tool.service
	check "$tool has a unit, with its own paths" bash -c '
		grep -qF "/opt/our programs/bin/$2" "$1" && grep -q ^NoNewPrivileges=yes "$1" && ! grep -q "@[A-Z]*@" "$1"' _ "$unit" "$tool"
	check "... an entry in menus, that starts it" grep -q "reload-or-restart $tool.service" "$installed/share/applications/$tool.desktop"
	check "... and an icon" xmllint --noout "$installed/share/icons/hicolor/scalable/apps/$tool.svg"
done
if command -v desktop-file-validate >/dev/null; then
	check "desktops understand the entries" desktop-file-validate "$installed"/share/applications/*.desktop
else
	echo "skip the entries of menus: no desktop-file-validate"
fi
if command -v systemd-analyze >/dev/null; then
	# the programs, where the units look for them
	mkdir units && for unit in "$installed"/lib/systemd/user/*.service; do
		sed "s|/opt/our programs|$installed|" "$unit" >"units/${unit##*/}"
	done
	check "systemd understands the units" env XDG_RUNTIME_DIR="$TMP" systemd-analyze --user --man=no verify units/*.service
else
	echo "skip the units: no systemd-analyze"
fi
check "the auditor's entry gives all that lies in the folder" bash -c '
	mkdir -p audit/published/A audit/published/B audit/reports && cd audit && touch reports/r calendar.txt &&
	test "$("$1" echo --port 1)" = "serve --root root.crt --state state --port 1 --presentations reports/r --calendar calendar.txt published/A published/B"' \
    _ "$installed/libexec/sello/audit-pages"
PATH=$bin:$PATH
world
{ echo "$HEADER"; person 1 "Pop Cucul" "Elvira"; } >people.csv
draft people.csv >/dev/null 2>&1
exits 0 "a letter by the installed programs" approve --all --yes --out letters
exits 0 "... in the log, which the installed post takes" deliver
exits 0 "... read from its picture by the installed decoder" verify letters/*.png
check "no path of the source tree in the programs" bash -c '! grep -qaF "$1/" "$2"/sello-verify' _ "$SOURCE" "$bin"

# --- what installs packages: on a Debian that is made of a few lines here -------
mkdir -p debian/bin debian/scripts
cp "$SOURCE/scripts/install-deps" debian/scripts
echo "hello test says hello" >debian/scripts/packages.txt
stub() { # NAME LINE...
	{
		echo '#!/bin/sh'
		printf '%s\n' "${@:2}"
	} >"debian/bin/$1"
	chmod +x "debian/bin/$1"
}
deps() { PATH=$PWD/debian/bin:$PATH debian/scripts/install-deps; }
stub dpkg-query 'echo "installed hello"'
exits 0 "nothing lacks: nothing is done" deps
check "... without a word" test -z "$OUT$ERR"
stub dpkg-query 'echo "installed other"'
stub id 'echo 0'
stub apt-get 'echo "$@" >>apt.log' 'case "$*" in *" update"*) exit ;; esac' \
    '[ -e hello.there ] || { echo "no such package"; touch hello.there; exit 100; }' \
    'echo dlstatus:1:40.1:Retrieving file 1 of 1' 'echo pmstatus:hello:60.0:Unpacking hello'
exits 0 "a package that lacks" deps
has "... is named with what it is for" "  hello                  says hello"
has "... apt's minutes show how far they are" "fetching, 40 %"
has "... and what is done" "installing, 60 %"
check "... after the list of packages was fetched" test "$(grep -c update apt.log)" = 1
stub apt-get 'echo "no network"; exit 100'
exits 75 "apt-get fails" deps
has "... and what it said is shown" "no network"
stub id 'echo 1000'
stub sudo 'exit 1'
exits 77 "neither root nor sudo" deps
has "... what to run as root" "apt-get install --no-install-recommends hello"
done_testing
